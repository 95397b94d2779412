//! The files of a book, in its folder.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use patra_core::{Code, Diagnostic, Language, Phrase, Span, phrase};

use super::manifest::Manifest;
use crate::Form;
use crate::assembly::{Assembly, Named, joined};
use crate::file::named_file_in;

/// The deepest folder below a book's that files are looked for in.
const MAX_FOLDERS: usize = 8;

/// The most files that are looked at in a book's folder.
const MAX_LOOKED_AT: usize = 100_000;

/// A file of a book.
#[derive(Clone, Debug)]
pub(super) struct BookFile {
    pub(super) file: Named,
    /// Where it is named.
    pub(super) span: Span,
}

/// The folder that a book is in, links followed.
pub(super) struct Folder {
    root: PathBuf,
    /// The folder as the user calls it.
    called: PathBuf,
}

impl Folder {
    pub(super) fn of(path: &Path) -> io::Result<Option<Self>> {
        let Some(parent) = path.parent() else { return Ok(None) };
        let called = if parent == Path::new("") { PathBuf::from(".") } else { parent.to_owned() };
        Ok(Some(Folder { root: fs::canonicalize(&called)?, called }))
    }

    /// The folder.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The files of the book in their order, each once; those that it names in vain are told.
    pub(super) fn files(&self, manifest: &Manifest, tag: Option<&str>, found: &mut Vec<Diagnostic>) -> Vec<BookFile> {
        let Some(patterns) = &manifest.files else {
            let names = self.listed(1).into_iter().filter(|name| of_edition(name, manifest, tag));
            return names.filter_map(|name| self.file(&name, Span::NONE).ok()).collect();
        };
        let mut files: Vec<BookFile> = Vec::new();
        let mut taken = BTreeSet::new();
        let mut all = None;
        for (pattern, span) in patterns {
            // `..` is refused, even where it leads to the folder again: what is before it may be a link.
            let upward = pattern.split('/').any(|part| part == "..");
            let pattern = &if upward { pattern.clone() } else { joined("", pattern) };
            let names = if pattern.contains(['*', '?']) {
                let all = all.get_or_insert_with(|| self.listed(MAX_FOLDERS));
                let names: Vec<String> = all.iter().filter(|name| matches(pattern, name)).cloned().collect();
                if names.is_empty() {
                    let message = phrase!("no source in the folder is called like `{$pattern}`", pattern);
                    found.push(Diagnostic::new(Code::BookFile, *span, message));
                }
                names
            } else {
                vec![pattern.clone()]
            };
            for name in names {
                match self.file(&name, *span) {
                    Ok(file) => {
                        if taken.insert(file.file.path.clone()) {
                            files.push(file);
                        }
                    }
                    Err(why) => {
                        let message = phrase!("cannot read the file `{$name}`: {$why}", name, why);
                        let hint = "names start from the folder of the book, and lead nowhere else";
                        found.push(Diagnostic::new(Code::BookFile, *span, message).with_hint(hint));
                    }
                }
            }
        }
        files
    }

    /// Tells of the sources in the folder that `files` leaves out and that none of the files includes.
    pub(super) fn tell_left_out(
        &self,
        manifest: &Manifest,
        tag: Option<&str>,
        files: &[BookFile],
        assembly: &mut Assembly,
    ) {
        let Some(patterns) = &manifest.files else { return };
        let named: BTreeSet<&Path> = files.iter().map(|file| file.file.path.as_path()).collect();
        let first = patterns.first().map_or(Span::NONE, |(_, span)| *span);
        for name in self.listed(1).into_iter().filter(|name| of_edition(name, manifest, tag)) {
            let known = self.file(&name, first).is_ok_and(|file| {
                let path = file.file.path;
                named.contains(path.as_path()) || assembly.taken.contains(&path)
            });
            if !known {
                let message = phrase!("`{$name}` stands in the folder of the book and is no part of it", name);
                assembly.found.push(
                    Diagnostic::new(Code::BookFileLeftOut, first, message)
                        .with_hint("name it in `files` too, or move it away"),
                );
            }
        }
    }

    /// The path of a file in the folder, by its name from there.
    pub(super) fn path(&self, name: &str) -> Result<PathBuf, Phrase> {
        named_file_in(&self.root, name, phrase!("only files in the book's folder are read"))
    }

    fn file(&self, name: &str, span: Span) -> Result<BookFile, Phrase> {
        let path = self.path(name)?;
        if !Form::of(name).is_some_and(Form::is_source) {
            return Err(phrase!("it is in no form that patra reads"));
        }
        Ok(BookFile { file: Named { name: name.to_owned(), path }, span })
    }

    /// The sources in the folder and so many levels of folders, by name. What begins with `_` is there to be included.
    fn listed(&self, levels: usize) -> Vec<String> {
        let mut names = Vec::new();
        let mut looked_at = 0;
        list(&self.called, "", levels, &mut looked_at, &mut names);
        names.sort();
        names
    }
}

fn list(folder: &Path, prefix: &str, levels: usize, looked_at: &mut usize, names: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        *looked_at += 1;
        if *looked_at > MAX_LOOKED_AT {
            return;
        }
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
        if name.starts_with(['.', '_']) {
            continue;
        }
        // A link to a folder may lead round in a circle; one to a file is checked when it is read.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            if levels > 1 {
                list(&entry.path(), &format!("{prefix}{name}/"), levels - 1, looked_at, names);
            }
        } else if Form::of(&name).is_some_and(Form::is_source) {
            names.push(format!("{prefix}{name}"));
        }
    }
}

/// Whether a source belongs to the edition that the book is: one of another language belongs to another.
fn of_edition(name: &str, manifest: &Manifest, tag: Option<&str>) -> bool {
    let edition = tag.and_then(|tag| tag.parse::<Language>().ok());
    match language_of(name) {
        Some(other) => edition.as_ref().or(manifest.language.as_ref()).is_none_or(|language| *language == other),
        None => edition.is_none(),
    }
}

/// The language after which a file is named: `hi` of `1.hi.md`.
fn language_of(name: &str) -> Option<Language> {
    let file = name.rsplit('/').next()?;
    let mut parts = file.rsplit('.').skip(1);
    let (tag, rest) = (parts.next()?, parts.next());
    rest.and_then(|_| tag.parse().ok())
}

/// Whether a name is called like a pattern, in which `*` stands for any letters but `/`, and `?` for one of them.
fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    // Where the last star stood, and how much of the name it took.
    let (mut p, mut n, mut star) = (0, 0, None);
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some('?') if name[n] != '/' => (p, n) = (p + 1, n + 1),
            Some(c) if *c == name[n] => (p, n) = (p + 1, n + 1),
            _ => match star {
                Some((at, from)) if name[from] != '/' => {
                    star = Some((at, from + 1));
                    (p, n) = (at + 1, from + 1);
                }
                _ => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_letters_of_one_name() {
        for (pattern, name) in
            [("*.md", "a.md"), ("?-*.md", "१-क.md"), ("a/*.md", "a/b.md"), ("*", "a"), ("*a*b", "xaayb")]
        {
            assert!(matches(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("*.md", "a/b.md"), ("?.md", "ab.md"), ("*.md", "a.mdx"), ("a*", "b"), ("", "a")] {
            assert!(!matches(pattern, name), "{pattern} {name}");
        }
    }

    #[test]
    fn files_outside_the_folder_are_refused() -> io::Result<()> {
        let outside = tempfile::tempdir()?;
        let root = outside.path().join("book");
        fs::create_dir_all(&root)?;
        fs::write(outside.path().join("secret.md"), "x")?;
        fs::write(root.join("a.md"), "x")?;
        let folder = Folder::of(&root.join("patra.toml"))?.expect("it is in a folder");
        assert!(folder.file("a.md", Span::NONE).is_ok());
        let absolute = outside.path().join("secret.md").display().to_string();
        for name in [
            "../secret.md",
            "x/../../secret.md",
            "C:\\secret.md",
            "..\\secret.md",
            "\\\\host\\a.md",
            "",
            "none.md",
            &absolute,
        ] {
            assert!(folder.file(name, Span::NONE).is_err(), "{name}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(outside.path().join("secret.md"), root.join("link.md"))?;
            assert!(folder.file("link.md", Span::NONE).is_err());
        }
        Ok(())
    }
}
