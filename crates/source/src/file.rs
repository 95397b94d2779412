//! Files of a bounded size, in a folder that no name leads out of.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use patra_core::{Phrase, phrase};

/// The largest file that is read, in bytes: a source of this size is a library, and a picture of it no picture.
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// Reads a file that is not larger than [`MAX_FILE_BYTES`].
///
/// # Errors
/// Where the file can't be read, is larger ([`io::ErrorKind::FileTooLarge`]), or is a pipe or a device, whose end may never come
/// ([`io::ErrorKind::InvalidInput`]).
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    // Before it is opened, since opening a pipe waits for who writes into it.
    let about = fs::metadata(path)?;
    if !about.is_file() && !about.is_dir() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, phrase!("it is not a file")));
    }
    let file = File::open(path)?;
    // With a byte to spare, so that the end is seen without growing.
    let length = file.metadata().map_or(0, |about| about.len()).min(MAX_FILE_BYTES);
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            phrase!("it is larger than {$limit} MiB", limit = MAX_FILE_BYTES >> 20),
        ));
    }
    Ok(bytes)
}

/// The path of a file in a folder, by its name from there; `outside` is said of what is not in it.
///
/// # Errors
/// Where there is no such file in the folder.
pub(crate) fn file_in(folder: &Path, name: &str, outside: Phrase) -> Result<PathBuf, Phrase> {
    let relative = Path::new(name);
    let inside = relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if name.is_empty() || !inside {
        return Err(outside);
    }
    // Links are followed first, so that one cannot lead out of the folder.
    let followed = |path: &Path| fs::canonicalize(path).map_err(|error| file_problem(&error));
    let root = followed(folder)?;
    let path = followed(&root.join(relative))?;
    if !path.starts_with(&root) {
        return Err(outside);
    }
    if path.is_file() { Ok(path) } else { Err(phrase!("it is not a file")) }
}

/// The same of a file that others name, as the files of a book do. What leads out of a folder on some system is refused on
/// every one.
pub(crate) fn named_file_in(folder: &Path, name: &str, outside: Phrase) -> Result<PathBuf, Phrase> {
    if name.contains(['\\', ':']) { Err(outside) } else { file_in(folder, name, outside) }
}

/// What is said of a file that could not be read or written.
#[must_use]
pub fn file_problem(error: &io::Error) -> Phrase {
    let own = error.get_ref().and_then(|inner| inner.downcast_ref::<Phrase>());
    match error.kind() {
        _ if own.is_some() => own.cloned().unwrap_or_default(),
        io::ErrorKind::NotFound => phrase!("there is no such file"),
        io::ErrorKind::PermissionDenied => phrase!("permission denied"),
        _ => Phrase::verbatim(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn pipes_and_devices_are_not_read() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let pipe = folder.path().join("pipe.md");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status()?;
        assert!(made.success());
        let link = folder.path().join("endless.md");
        std::os::unix::fs::symlink("/dev/zero", &link)?;
        for path in [&pipe, &link] {
            let error = read_file(path).expect_err("it has no end");
            assert_eq!(file_problem(&error), phrase!("it is not a file"));
        }
        Ok(())
    }
}
