//! Journals: which files a build is about to put in place, so that the next one finishes what a killed one began.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use patra_source::read_file;
use serde::{Deserialize, Serialize};

use crate::deliver::is_temporary;

/// The name of the file, in the folder of the outputs.
const NAME: &str = ".patra-journal";

/// The version of its form.
const VERSION: u32 = 1;

/// All that is to be done, by paths that start from the folder of the outputs.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entries {
    patra: u32,
    /// Files that are whole, and the names that they are to have.
    renames: Vec<(PathBuf, PathBuf)>,
    /// Files of an earlier build that are to go.
    removals: Vec<PathBuf>,
}

/// A journal that was begun.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
}

impl Journal {
    /// Writes down what will be done, before the first of it is. Nothing is written where a path is not in the folder, or is no text.
    pub fn begin<'a>(
        folder: &Path,
        renames: impl Iterator<Item = (&'a Path, &'a Path)>,
        removals: impl Iterator<Item = &'a Path>,
    ) -> io::Result<Option<Self>> {
        let within = |path: &Path| path.strip_prefix(folder).map(Path::to_owned).map_err(io::Error::other);
        let renames = renames.map(|(from, to)| Ok((within(from)?, within(to)?))).collect::<io::Result<Vec<_>>>();
        let removals = removals.map(within).collect::<io::Result<Vec<_>>>();
        let (Ok(renames), Ok(removals)) = (renames, removals) else { return Ok(None) };
        if renames.is_empty() && removals.is_empty() {
            return Ok(None);
        }
        let Ok(text) = serde_json::to_vec(&Entries { patra: VERSION, renames, removals }) else { return Ok(None) };
        let path = folder.join(NAME);
        let whole = folder.join(format!(".patra-{}-journal.tmp", std::process::id()));
        let mut file = File::create(&whole)?;
        file.write_all(&text)?;
        file.sync_all()?;
        fs::rename(&whole, &path)?;
        Ok(Some(Journal { path }))
    }

    /// Says that all of it was done, or undone.
    pub fn end(self) -> io::Result<()> {
        fs::remove_file(self.path)
    }
}

/// Finishes what a build that was killed began in a folder, which no other build works in now.
///
/// The journal is trusted with no more than a build does there: it renames only temporary files of patra's, each within its own
/// folder, and removes only tables.
pub fn finish(folder: &Path) -> io::Result<()> {
    let path = folder.join(NAME);
    let Ok(bytes) = read_file(&path) else { return Ok(()) };
    if let Ok(entries) = serde_json::from_slice::<Entries>(&bytes).map(|entries| entries.sound()) {
        for (from, to) in entries.renames {
            let from = folder.join(from);
            if from.exists() {
                fs::rename(from, folder.join(to))?;
            }
        }
        for stale in entries.removals {
            match fs::remove_file(folder.join(stale)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
    }
    fs::remove_file(path)
}

impl Entries {
    /// Those that a build could have written down.
    fn sound(mut self) -> Self {
        let within = |path: &Path| path.components().all(|part| matches!(part, Component::Normal(_)));
        self.renames.retain(|(from, to)| {
            let temporary = from.file_name().and_then(|name| name.to_str()).is_some_and(is_temporary);
            within(from) && within(to) && temporary && from.parent() == to.parent()
        });
        self.removals.retain(|path| {
            within(path) && path.extension().is_some_and(|extension| extension == "csv" || extension == "parquet")
        });
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_begun_is_finished_by_the_next_build() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("bpo"))?;
        for (name, words) in [("bpo/.patra-1-aaaaaa.tmp", "new"), ("bpo/handout.pdf", "old"), ("bpo/gone.csv", "old")] {
            fs::write(at(name), words)?;
        }
        let (from, to) = (at("bpo/.patra-1-aaaaaa.tmp"), at("bpo/handout.pdf"));
        let (done, also) = (at("bpo/.patra-1-bbbbbb.tmp"), at("bpo/deck.apkg"));
        let renames = [(done.as_path(), also.as_path()), (&from, &to)];
        let stale = at("bpo/gone.csv");
        let journal = Journal::begin(folder.path(), renames.into_iter(), [stale.as_path()].into_iter())?;
        // The process is killed here.
        assert!(journal.is_some());
        finish(folder.path())?;
        assert_eq!(fs::read(&to)?, b"new");
        assert!(!from.exists() && !stale.exists() && !at(NAME).exists() && !also.exists());
        Ok(())
    }

    #[test]
    fn a_journal_of_somebody_else_reaches_no_file_of_the_users() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let out = folder.path().join("out");
        fs::create_dir(&out)?;
        for name in ["secret.csv", "out/notes.md", "out/.patra-1-aaaaaa.tmp"] {
            fs::write(folder.path().join(name), "mine")?;
        }
        let hostile = r#"{"patra":1,"renames":[["notes.md","gone.md"],[".patra-1-aaaaaa.tmp","../secret.csv"]],
            "removals":["../secret.csv","notes.md","/etc/hosts"]}"#;
        for text in [hostile, "{", "", r#"{"patra":1,"renames":7}"#] {
            fs::write(out.join(NAME), text)?;
            finish(&out)?;
            assert!(!out.join(NAME).exists());
            for name in ["secret.csv", "out/notes.md"] {
                assert_eq!(fs::read(folder.path().join(name))?, b"mine", "{text}");
            }
        }
        Ok(())
    }
}
