//! One build at a time in a folder.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// The folders that a build reads its locks from and writes into, held until it is dropped.
///
/// A build that began while another was under way would know nothing of what that one hands out, and could leave a worksheet of its
/// own beside a key of the other's. The lock is advisory and the operating system's: it ends with the process.
#[derive(Debug)]
pub struct FolderLock {
    _held: Vec<File>,
}

impl FolderLock {
    /// Waits until no other build works in any of the folders. `waiting` is called for each that another build holds, with that build's
    /// process where the system tells it. A folder that can't be locked, as on some network drives, is passed over.
    pub fn hold(folders: &[&Path], mut waiting: impl FnMut(&Path, Option<u32>)) -> Self {
        // All builds take them in one order, so that no two wait for each other.
        let folders: BTreeSet<PathBuf> = folders.iter().filter_map(|folder| fs::canonicalize(folder).ok()).collect();
        let held = folders.iter().filter_map(|folder| lock(folder, &mut waiting).ok()).collect();
        FolderLock { _held: held }
    }
}

fn lock(folder: &Path, waiting: &mut impl FnMut(&Path, Option<u32>)) -> io::Result<File> {
    loop {
        let file = open(folder)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting(folder, holder(&file));
                file.lock()?;
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
        // The other build may have taken its empty folder away, and a third made one anew.
        if is_at(&file, folder)? {
            return Ok(file);
        }
    }
}

#[cfg(unix)]
fn open(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

/// Where folders can't be opened, a file among the temporary ones, named after the folder.
#[cfg(not(unix))]
fn open(folder: &Path) -> io::Result<File> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    folder.hash(&mut hasher);
    let name = format!("patra-{:016x}.lock", hasher.finish());
    File::options().create(true).truncate(false).write(true).open(std::env::temp_dir().join(name))
}

#[cfg(unix)]
fn is_at(file: &File, folder: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let (ours, there) = (file.metadata()?, fs::metadata(folder)?);
    Ok((ours.dev(), ours.ino()) == (there.dev(), there.ino()))
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

/// The process that holds a lock, by `/proc/locks`: `1: FLOCK ADVISORY WRITE 4711 fe:00:1234 0 EOF`.
#[cfg(target_os = "linux")]
fn holder(file: &File) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    let inode = format!(":{}", file.metadata().ok()?.ino());
    let locks = fs::read_to_string("/proc/locks").ok()?;
    locks.lines().find_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [_, "FLOCK", _, _, process, place, ..] = fields.as_slice() else { return None };
        place.ends_with(&inode).then(|| process.parse().ok())?
    })
}

#[cfg(not(target_os = "linux"))]
fn holder(_: &File) -> Option<u32> {
    None
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;

    use super::*;

    #[test]
    fn a_second_build_waits_for_the_first() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let first = FolderLock::hold(&[folder.path()], |_, _| panic!("nobody else is here"));
        let (says, hears) = mpsc::channel();
        let path = folder.path().to_owned();
        let second = thread::spawn(move || {
            let _held = FolderLock::hold(&[&path, &path], |_, process| says.send(process).expect("heard"));
        });
        let process = hears.recv().expect("the second waits");
        if cfg!(target_os = "linux") {
            assert_eq!(process, Some(std::process::id()));
        }
        assert!(!second.is_finished());
        drop(first);
        second.join().expect("it has its turn");
        Ok(())
    }

    #[test]
    fn a_folder_that_is_not_there_is_passed_over() {
        FolderLock::hold(&[Path::new("no/such/folder")], |_, _| panic!("nobody is there"));
    }
}
