//! What the tests over the whole of patra share: a folder with sources, and the command run in it.
//!
//! ```no_run
//! # let program = "";
//! let folder = patra_tests::Folder::new(program);
//! folder.write("notes.md", "# शीर्षक\n");
//! assert_eq!(folder.patra(&["check", "notes.md"]).code, 0);
//! ```

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A small material: two terms, and a comparison of them.
pub const NOTES: &str = "---
id: notes
title: छोटे नोट
language: hi
---

# लाभ और हानि

लाभ {#gain}
: जो बचता है।

हानि {#loss}
: जो जाता है।

| पहलू | लाभ {#gain} | हानि {#loss} |
|---|---|---|
| दिशा {#direction} | ऊपर | नीचे |
";

use tempfile::TempDir;

/// A folder that goes when the test ends. The command runs in it, so that messages name files and not folders of the
/// machine's.
#[derive(Debug)]
pub struct Folder {
    folder: TempDir,
    program: PathBuf,
}

/// What became of a run of the command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    /// Its exit code; -1 where a signal ended it.
    pub code: i32,
    /// What it wrote to standard output.
    pub stdout: String,
    /// What it wrote to standard error.
    pub stderr: String,
}

impl Folder {
    /// An empty folder for runs of `program`, which in a test is `env!("CARGO_BIN_EXE_patra-under-test")`.
    ///
    /// # Panics
    /// Where the folder can't be made.
    #[must_use]
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Folder { folder: tempfile::tempdir().expect("a folder can be made"), program: program.into() }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file into it, and the folders it stands in.
    ///
    /// # Panics
    /// Where it can't be written.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).expect("folders can be made");
        }
        fs::write(path, content).expect("a file can be written");
    }

    /// The command, to run in the folder without colours.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).current_dir(self.path());
        // What a person reads is in English, whatever language they speak who run the tests.
        command.env("LC_ALL", "C");
        for variable in ["CLICOLOR_FORCE", "CLICOLOR", "NO_COLOR", "COLUMNS"] {
            command.env_remove(variable);
        }
        command
    }

    /// Runs the command in the folder.
    ///
    /// # Panics
    /// Where it can't be started or writes what is not UTF-8.
    #[must_use]
    pub fn patra(&self, arguments: &[&str]) -> Ran {
        let output = self.command(arguments).output().expect("the command starts");
        Ran {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("UTF-8 on standard output"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8 on standard error"),
        }
    }

    /// Every file in the folder with its bytes, by its name with `/` between folders; a folder without files by its name
    /// and `/`.
    ///
    /// # Panics
    /// Where something can't be read.
    #[must_use]
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        fn visit(folder: &Path, name: &str, files: &mut BTreeMap<String, Vec<u8>>) {
            let mut entries = fs::read_dir(folder).expect("a folder can be read").peekable();
            if entries.peek().is_none() && !name.is_empty() {
                files.insert(name.to_owned(), Vec::new());
            }
            for entry in entries {
                let entry = entry.expect("an entry can be read");
                let name = format!("{name}{}", entry.file_name().to_string_lossy());
                if entry.path().is_dir() {
                    visit(&entry.path(), &format!("{name}/"), files);
                } else {
                    files.insert(name, fs::read(entry.path()).expect("a file can be read"));
                }
            }
        }
        let mut files = BTreeMap::new();
        visit(self.path(), "", &mut files);
        files
    }

    /// The names of [`files`](Folder::files).
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.files().into_keys().collect()
    }
}

impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "exit {}\n--- stdout\n{}--- stderr\n{}", self.code, self.stdout, self.stderr)
    }
}
