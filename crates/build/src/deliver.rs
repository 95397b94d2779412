//! Files from memory to disk, whole or not at all.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use crate::input::{Failure, Verb};

/// The beginning of a temporary file's name; the number of the process that writes it follows.
const PREFIX: &str = ".patra-";
const SUFFIX: &str = ".tmp";

/// How long a temporary file whose process is not known lies untouched before it is one of a run that died, in seconds.
const ABANDONED: u64 = 60 * 60;

/// Files that lie ready beside the places they are meant for.
///
/// Each is written under a name of its own in its folder and takes its final name by [`Delivery::commit`]; a reader of
/// the final name sees the old file or the new one and nothing between. A delivery that is dropped leaves nothing behind.
#[derive(Debug, Default)]
pub struct Delivery {
    ready: Vec<(TempPath, PathBuf)>,
    stale: Vec<PathBuf>,
    /// The folders that were made for it, each before those inside it.
    folders: Vec<PathBuf>,
    /// Whether its files are on the disk, and not in the system's memory alone, once they have their names.
    durable: bool,
}

impl Delivery {
    /// A delivery whose files survive a loss of power once it is committed: for what can't be made again.
    pub fn durable() -> Self {
        let mut delivery = Delivery::default();
        delivery.durable = true;
        delivery
    }

    /// Writes a file beside its final place: all that can be read from `content`.
    pub fn prepare(&mut self, path: PathBuf, content: impl Read) -> Result<(), Failure> {
        let temporary = self.write_beside(&path, content).map_err(|error| Failure::file(Verb::Write, &path, &error))?;
        self.ready.push((temporary, path));
        Ok(())
    }

    /// Has a file of an earlier build go once the new ones are in place.
    pub fn retire(&mut self, path: PathBuf) {
        self.stale.push(path);
    }

    /// Adds the files of another delivery after these.
    pub fn append(&mut self, mut other: Delivery) {
        self.ready.append(&mut other.ready);
        self.stale.append(&mut other.stale);
        self.folders.append(&mut other.folders);
    }

    /// The files that are to be renamed, each with its final name.
    pub fn renames(&self) -> impl Iterator<Item = (&Path, &Path)> {
        self.ready.iter().map(|(temporary, path)| (&**temporary, path.as_path()))
    }

    /// The files that are to go.
    pub fn removals(&self) -> impl Iterator<Item = &Path> {
        self.stale.iter().map(PathBuf::as_path)
    }

    /// Gives every file its final name. Where one can't have it, all are as they were before.
    pub fn commit(mut self) -> Result<(), Failure> {
        let mut undo = Undo::default();
        for (temporary, path) in self.ready.drain(..) {
            let failed = |error: io::Error| Failure::file(Verb::Write, &path, &error);
            undo.keep(&path).map_err(failed)?;
            temporary.persist(&path).map_err(|error| failed(error.error))?;
            if self.durable {
                sync_folder(&path).map_err(failed)?;
            }
        }
        for path in self.stale.drain(..) {
            undo.keep(&path).map_err(|error| Failure::file(Verb::Remove, &path, &error))?;
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(Failure::file(Verb::Remove, &path, &error));
                }
                _ => {}
            }
        }
        undo.done();
        self.folders.clear();
        Ok(())
    }

    fn write_beside(&mut self, path: &Path, mut content: impl Read) -> io::Result<TempPath> {
        let folder = path.parent().unwrap_or(Path::new("."));
        self.make_folder(folder)?;
        let prefix = prefix();
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(SUFFIX);
        // Else the files could be read by nobody but their owner.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = builder.tempfile_in(folder)?;
        io::copy(&mut content, &mut file)?;
        file.flush()?;
        if self.durable {
            file.as_file().sync_all()?;
        }
        Ok(file.into_temp_path())
    }

    /// Makes a folder and those that it is in, which are taken away again with a delivery that is dropped.
    pub fn make_folder(&mut self, folder: &Path) -> io::Result<()> {
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

/// The beginning of the names of this process's temporary files.
pub fn prefix() -> String {
    format!("{PREFIX}{}-", std::process::id())
}

/// Whether a file's name is one of patra's temporary files.
pub fn is_temporary(name: &str) -> bool {
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// Removes the temporary files that runs which died left in a folder.
pub fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(rest) = name.to_str().filter(|name| is_temporary(name)).map(|name| &name[PREFIX.len()..]) else {
            continue;
        };
        let process = rest.split_once('-').and_then(|(process, _)| process.parse().ok());
        let old = || entry.metadata().and_then(|metadata| metadata.modified()).ok()?.elapsed().ok();
        let dead = match process.and_then(runs) {
            Some(runs) => !runs,
            None => old().is_some_and(|age| age.as_secs() > ABANDONED),
        };
        if dead {
            // What can't be removed harms nobody.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether a process runs; `None` where the system doesn't tell.
fn runs(process: u32) -> Option<bool> {
    let all = Path::new("/proc");
    all.join("self").exists().then(|| all.join(process.to_string()).exists())
}

/// Has the name of a new file survive a loss of power.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// The files of before, under other names until all new ones are in place; puts them back where it is dropped before.
#[derive(Debug, Default)]
struct Undo(Vec<(Option<TempPath>, PathBuf)>);

impl Undo {
    /// Keeps a file as it is, if it is there.
    fn keep(&mut self, path: &Path) -> io::Result<()> {
        if path.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        let prefix = prefix();
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(SUFFIX);
        let kept = match builder.make_in(folder, |name| fs::hard_link(path, name)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            // Some disks have no second names for a file.
            Err(_) => Some(builder.make_in(folder, |name| fs::copy(path, name).map(drop))?.into_temp_path()),
            Ok(kept) => Some(kept.into_temp_path()),
        };
        self.0.push((kept, path.to_owned()));
        Ok(())
    }

    fn done(mut self) {
        self.0.clear();
    }
}

impl Drop for Undo {
    fn drop(&mut self) {
        // The last is what failed, and is as it was; to put it back changes nothing.
        for (kept, path) in self.0.drain(..).rev() {
            let _ = match kept {
                Some(kept) => kept.persist(&path).map_err(|error| error.error),
                None => fs::remove_file(&path),
            };
        }
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
    fn where_one_file_fails_all_are_as_they_were() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for name in ["old", "stale"] {
            fs::write(at(name), "old").expect("written");
        }
        fs::create_dir(at("taken")).expect("made");
        let mut delivery = Delivery::default();
        for name in ["old", "a/new", "taken", "last"] {
            delivery.prepare(at(name), &b"new"[..]).expect("prepared");
        }
        delivery.retire(at("stale"));
        assert!(delivery.commit().is_err());
        assert_eq!(names(folder.path()), ["old", "stale", "taken"]);
        assert_eq!(fs::read(at("old")).expect("read"), &b"old"[..]);
        // Of removals too.
        let mut delivery = Delivery::default();
        delivery.prepare(at("old"), &b"new"[..]).expect("prepared");
        delivery.retire(at("stale"));
        delivery.retire(at("taken"));
        assert!(delivery.commit().is_err());
        assert_eq!(names(folder.path()), ["old", "stale", "taken"]);
        assert_eq!(fs::read(at("old")).expect("read"), &b"old"[..]);
    }

    #[test]
    fn leftovers_of_runs_that_died_are_swept() {
        let folder = tempfile::tempdir().expect("a folder");
        let ours = format!("{}aaaaaa.tmp", prefix());
        let names_of = [".patra-4294967295-aaaaaa.tmp", ".patra-bbbbbb.tmp", &ours, "notes.tmp", ".patra-journal"];
        for name in names_of {
            fs::write(folder.path().join(name), "").expect("written");
        }
        sweep(folder.path());
        let left = names(folder.path());
        assert!(left.contains(&ours) && left.contains(&"notes.tmp".into()) && left.contains(&".patra-journal".into()));
        // Written just now, by nobody knows whom.
        assert!(left.contains(&".patra-bbbbbb.tmp".into()));
        assert_eq!(left.contains(&".patra-4294967295-aaaaaa.tmp".into()), !Path::new("/proc/self").exists());
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
