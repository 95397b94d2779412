//! Files from memory to disk, whole or not at all.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use crate::input::{Failure, Verb};

/// Files that lie ready beside the places they are meant for.
///
/// Each is written under a name of its own in its folder and takes its final name by [`Delivery::commit`]; a reader of
/// the final name sees the old file or the new one and nothing between. A delivery that is dropped leaves nothing behind.
#[derive(Debug, Default)]
pub(crate) struct Delivery {
    ready: Vec<(TempPath, PathBuf)>,
    stale: Vec<PathBuf>,
    /// The folders that were made for it, each before those inside it.
    folders: Vec<PathBuf>,
}

impl Delivery {
    /// Writes a file beside its final place: all that can be read from `content`.
    pub(crate) fn prepare(&mut self, path: PathBuf, content: impl Read) -> Result<(), Failure> {
        let temporary = self.write_beside(&path, content).map_err(|error| Failure::file(Verb::Write, &path, &error))?;
        self.ready.push((temporary, path));
        Ok(())
    }

    /// Has a file of an earlier build go once the new ones are in place.
    pub(crate) fn retire(&mut self, path: PathBuf) {
        self.stale.push(path);
    }

    /// Adds the files of another delivery after these.
    pub(crate) fn append(&mut self, mut other: Delivery) {
        self.ready.append(&mut other.ready);
        self.stale.append(&mut other.stale);
        self.folders.append(&mut other.folders);
    }

    /// Gives every file its final name.
    pub(crate) fn commit(mut self) -> Result<(), Failure> {
        for (temporary, path) in self.ready.drain(..) {
            temporary.persist(&path).map_err(|error| Failure::file(Verb::Write, &path, &error.error))?;
        }
        for path in self.stale.drain(..) {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(Failure::file(Verb::Remove, &path, &error));
                }
                _ => {}
            }
        }
        self.folders.clear();
        Ok(())
    }

    fn write_beside(&mut self, path: &Path, mut content: impl Read) -> io::Result<TempPath> {
        let folder = path.parent().unwrap_or(Path::new("."));
        self.make_folder(folder)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".patra-").suffix(".tmp");
        // Else the files could be read by nobody but their owner.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = builder.tempfile_in(folder)?;
        io::copy(&mut content, &mut file)?;
        file.flush()?;
        Ok(file.into_temp_path())
    }

    fn make_folder(&mut self, folder: &Path) -> io::Result<()> {
        let missing: Vec<&Path> =
            folder.ancestors().take_while(|ancestor| !ancestor.as_os_str().is_empty() && !ancestor.exists()).collect();
        for folder in missing.into_iter().rev() {
            match fs::create_dir(folder) {
                Ok(()) => self.folders.push(folder.to_owned()),
                // Another thread makes the files of another edition.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

impl Drop for Delivery {
    fn drop(&mut self) {
        self.ready.clear();
        // From the deepest: a parent's path is shorter than its child's. A folder that is in use by now stays.
        let folders: BTreeSet<PathBuf> = self.folders.drain(..).collect();
        for folder in folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_delivery_that_is_dropped_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("old"), "old").expect("written");
        let mut delivery = Delivery::default();
        delivery.prepare(folder.path().join("old"), &b"new"[..]).expect("prepared");
        delivery.prepare(folder.path().join("a/b/c"), &b"new"[..]).expect("prepared");
        assert!(folder.path().join("a/b").is_dir());
        assert!(!folder.path().join("a/b/c").exists());
        drop(delivery);
        assert_eq!(names(folder.path()), ["old"]);
        assert_eq!(fs::read(folder.path().join("old")).expect("read"), &b"old"[..]);
    }

    #[test]
    fn a_delivery_replaces_and_retires() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["old", "stale"] {
            fs::write(folder.path().join(name), "old").expect("written");
        }
        let mut delivery = Delivery::default();
        delivery.prepare(folder.path().join("old"), &b"new"[..]).expect("prepared");
        delivery.retire(folder.path().join("stale"));
        delivery.retire(folder.path().join("gone already"));
        let mut both = Delivery::default();
        both.append(delivery);
        both.commit().expect("committed");
        assert_eq!(names(folder.path()), ["old"]);
        assert_eq!(fs::read(folder.path().join("old")).expect("read"), &b"new"[..]);
    }

    #[test]
    fn a_file_in_place_of_a_folder_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("out"), "").expect("written");
        let failure =
            Delivery::default().prepare(folder.path().join("out/bpo/a"), &b""[..]).expect_err("out is a file");
        assert_eq!(failure.exit, crate::exit::Exit::File);
    }

    #[cfg(unix)]
    #[test]
    fn files_have_the_usual_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let (ours, theirs) = (folder.path().join("ours"), folder.path().join("theirs"));
        fs::write(&theirs, "").expect("written");
        let mut delivery = Delivery::default();
        delivery.prepare(ours.clone(), &b""[..]).expect("prepared");
        delivery.commit().expect("committed");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode();
        assert_eq!(mode(&ours), mode(&theirs));
    }
}
