//! Which sources a command is about.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use patra_core::{Phrase, phrase};
use patra_source::{Form, file_problem, is_book, read_file};

use crate::course;
use crate::exit::Exit;

/// A source, not yet read.
#[derive(Clone, Debug)]
pub struct Input {
    /// What it is called in messages: the path as it was given.
    pub name: String,
    /// The name of its file, without folders.
    pub file_name: String,
    /// In what form it is; that of a book tells nothing.
    pub form: Form,
    place: Place,
}

#[derive(Clone, Debug)]
enum Place {
    File(PathBuf),
    /// A book, by the file that says what it is made of.
    Book(PathBuf),
    Embedded(&'static str),
    /// A material that a program holds, with the folder of its pictures.
    Held(Option<PathBuf>),
}

/// What could not be done with a file.
#[derive(Clone, Copy, Debug)]
pub enum Verb {
    /// Read it.
    Read,
    /// Write it.
    Write,
    /// Remove it.
    Remove,
}

/// Something that kept a command from doing its work, and is no fault of a material's.
#[derive(Debug)]
pub struct Failure {
    /// What is wrong, in lower case.
    pub message: Phrase,
    /// What to do about it.
    pub hint: Option<Phrase>,
    /// How the command ends for it.
    pub exit: Exit,
}

impl Failure {
    /// A file or folder that could not be read or written.
    pub fn file(verb: Verb, path: &Path, error: &io::Error) -> Self {
        let why = match error.kind() {
            io::ErrorKind::NotFound => phrase!("there is no such file or folder"),
            _ => file_problem(error),
        };
        let path = path.display().to_string();
        let message = match verb {
            Verb::Read => phrase!("cannot read `{$path}`: {$why}", path, why),
            Verb::Write => phrase!("cannot write `{$path}`: {$why}", path, why),
            Verb::Remove => phrase!("cannot remove `{$path}`: {$why}", path, why),
        };
        Failure { message, hint: None, exit: Exit::File }
    }

    /// The same of standard output.
    pub fn output(error: &io::Error) -> Self {
        let message = phrase!("cannot write to `standard output`: {$why}", why = file_problem(error));
        Failure { message, hint: None, exit: Exit::File }
    }
}

impl Input {
    fn file(path: PathBuf, form: Form) -> Self {
        let file_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Input { name: path.display().to_string(), file_name, form, place: Place::File(path) }
    }

    /// A book, by the file that says what it is made of.
    pub fn book(path: PathBuf) -> Self {
        let input = Input::file(path.clone(), Form::Markdown);
        Input { place: Place::Book(path), ..input }
    }

    /// A material that a program holds, by the name of its source.
    pub fn held(name: &str, folder: Option<&Path>) -> Self {
        let file_name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let place = Place::Held(folder.map(Path::to_owned));
        Input { name: name.to_owned(), file_name, form: Form::Markdown, place }
    }

    /// The file that says what it is made of, where it is a book.
    pub fn as_book(&self) -> Option<&Path> {
        match &self.place {
            Place::Book(path) => Some(path),
            _ => None,
        }
    }

    /// Its file, where it has one.
    pub fn path(&self) -> Option<&Path> {
        match &self.place {
            Place::Embedded(_) | Place::Held(_) => None,
            Place::File(path) | Place::Book(path) => Some(path),
        }
    }

    /// The bytes of the source.
    pub fn read(&self) -> Result<Vec<u8>, Failure> {
        match &self.place {
            Place::Embedded(text) => Ok(text.as_bytes().to_vec()),
            Place::Held(_) => Ok(Vec::new()),
            Place::File(path) | Place::Book(path) => {
                read_file(path).map_err(|error| Failure::file(Verb::Read, path, &error))
            }
        }
    }

    /// The folder that its pictures' names start from.
    pub fn folder(&self) -> Option<&Path> {
        match &self.place {
            Place::Embedded(_) => None,
            Place::Held(folder) => folder.as_deref(),
            // The parent of `notes.md` is the empty path.
            Place::File(path) | Place::Book(path) => {
                path.parent().map(|parent| if parent == Path::new("") { Path::new(".") } else { parent })
            }
        }
    }
}

/// The sources that arguments name, and what was passed over.
pub struct Found {
    /// The sources.
    pub inputs: Vec<Input>,
    /// Files of folders that have the ending of a source and aren't one: empty ones, and other programs' JSON and YAML.
    pub passed_over: Vec<PathBuf>,
}

/// The sources that the arguments name, in their order, a folder's by name; without arguments, the embedded course. A
/// source that is named twice is taken once.
pub fn gather(paths: &[PathBuf]) -> Result<Vec<Input>, Vec<Failure>> {
    find(paths).map(|found| found.inputs)
}

/// The same, with the files of folders that were passed over.
pub fn find(paths: &[PathBuf]) -> Result<Found, Vec<Failure>> {
    let mut passed_over = Vec::new();
    if paths.is_empty() {
        let embedded = |&(name, text): &(&str, &'static str)| Input {
            name: name.to_owned(),
            file_name: name.to_owned(),
            form: Form::Markdown,
            place: Place::Embedded(text),
        };
        return Ok(Found { inputs: course::EDITIONS.iter().map(embedded).collect(), passed_over });
    }
    let mut seen = BTreeSet::new();
    let mut inputs = Vec::new();
    let mut failures = Vec::new();
    for path in paths {
        match expand(path, &mut passed_over) {
            Ok(found) => {
                for input in found {
                    let Some(path) = input.path() else { continue };
                    if seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())) {
                        inputs.push(input);
                    }
                }
            }
            Err(failure) => failures.push(failure),
        }
    }
    if failures.is_empty() { Ok(Found { inputs, passed_over }) } else { Err(failures) }
}

/// The one source that a path names.
pub fn one(path: &Path) -> Result<Input, Vec<Failure>> {
    let mut inputs = gather(&[PathBuf::from(path)])?;
    match (inputs.pop(), inputs.is_empty()) {
        (Some(input), true) => Ok(input),
        _ => {
            let message =
                phrase!("there are several sources in the folder `{$folder}`", folder = path.display().to_string());
            Err(vec![Failure { message, hint: Some(phrase!("name one of them")), exit: Exit::Usage }])
        }
    }
}

fn form_of(path: &Path) -> Option<Form> {
    Form::of(path.file_name()?.to_str()?)
}

fn expand(path: &Path, passed_over: &mut Vec<PathBuf>) -> Result<Vec<Input>, Failure> {
    let unreadable = |error: io::Error| Failure::file(Verb::Read, path, &error);
    let names_book = |path: &Path| path.file_name().and_then(|name| name.to_str()).is_some_and(is_book);
    if !fs::metadata(path).map_err(unreadable)?.is_dir() {
        if names_book(path) {
            return Ok(vec![Input::book(path.to_owned())]);
        }
        let Some(form) = form_of(path) else {
            return Err(Failure {
                message: phrase!("`{$path}` is in no form that patra reads", path = path.display().to_string()),
                hint: Some(phrase!(
                    "patra reads Markdown (.md, .markdown), text (.txt), pages (.html), Word's documents (.docx), tables (.csv, .tsv, .xlsx), Anki's decks (.apkg) and its stored form (.json, .yaml)"
                )),
                exit: Exit::Usage,
            });
        };
        return Ok(vec![Input::file(path.to_owned(), form)]);
    }
    let mut found = Vec::new();
    let mut books = Vec::new();
    for entry in fs::read_dir(path).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?.path();
        // What begins with `_` is there to be included.
        let hidden = entry.file_name().is_some_and(|name| matches!(name.as_encoded_bytes().first(), Some(b'.' | b'_')));
        // What a link leads to counts; a link that leads nowhere is reported when it is read.
        let regular = fs::metadata(&entry).map_or(true, |metadata| metadata.is_file());
        if regular && names_book(&entry) {
            books.push(entry);
            continue;
        }
        let form = form_of(&entry).filter(|form| form.is_source());
        if let (Some(form), false, true) = (form, hidden, regular) {
            leads_out(path, &entry)?;
            if is_stray(&entry, form) {
                passed_over.push(entry);
            } else {
                found.push((entry, form));
            }
        }
    }
    if !books.is_empty() {
        // The files beside it are its own.
        books.sort();
        return Ok(books.into_iter().map(Input::book).collect());
    }
    if found.is_empty() {
        let message = phrase!("there is no source in the folder `{$folder}`", folder = path.display().to_string());
        let hint = Some(phrase!(
            "a source is a file whose name ends in .md, .markdown, .txt, .html, .htm, .json, .yaml or .yml; tables, decks and Word's documents are named one by one"
        ));
        return Err(Failure { message, hint, exit: Exit::File });
    }
    found.sort_by(|(a, _), (b, _)| a.file_name().cmp(&b.file_name()));
    Ok(found.into_iter().map(|(path, form)| Input::file(path, form)).collect())
}

/// Whether a file of a folder only has the ending of a source: it is empty, or holds another program's JSON or YAML, such as
/// `package.json` or `config.yml`. A file that is named itself is a source all the same, and what is wrong with it is reported.
fn is_stray(entry: &Path, form: Form) -> bool {
    if fs::metadata(entry).is_ok_and(|metadata| metadata.len() == 0) {
        return true;
    }
    // The stored form has its version under this key. Text in UTF-16 has zeros, and is looked at when it is read.
    let may_be_stored = |bytes: &[u8]| bytes.contains(&0) || bytes.windows(5).any(|key| key == b"patra");
    matches!(form, Form::Stored | Form::StoredYaml) && read_file(entry).is_ok_and(|bytes| !may_be_stored(&bytes))
}

/// Refuses an entry of a folder that is a link out of it: a folder from elsewhere shall not carry a reader's private files into its
/// outputs. A file that is named itself may be anywhere.
fn leads_out(folder: &Path, entry: &Path) -> Result<(), Failure> {
    // A link that leads nowhere is reported when it is read.
    let (Ok(root), Ok(file)) = (fs::canonicalize(folder), fs::canonicalize(entry)) else { return Ok(()) };
    if file.starts_with(root) {
        return Ok(());
    }
    Err(Failure {
        message: phrase!("`{$path}` is a link to a file outside its folder", path = entry.display().to_string()),
        hint: Some(phrase!("put the file itself into the folder, or name it as an argument")),
        exit: Exit::File,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_sources_by_name_each_once() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        for name in ["ख.md", "क.MD", "c.json", "b.txt", "a.csv", ".hidden.md", "_part.md"] {
            fs::write(folder.path().join(name), "\"patra\"")?;
        }
        fs::create_dir(folder.path().join("folder.md"))?;
        let again = folder.path().join("c.json");
        let inputs = gather(&[folder.path().to_owned(), again]).expect("all can be read");
        let names: Vec<&str> = inputs.iter().map(|input| input.file_name.as_str()).collect();
        assert_eq!(names, ["b.txt", "c.json", "क.MD", "ख.md"]);
        Ok(())
    }

    #[test]
    fn files_of_other_programs_in_a_folder_are_passed_over() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let files = [
            ("package.json", "{}"),
            ("config.yml", "theme: x"),
            ("empty.md", ""),
            ("a.md", "# A"),
            ("b.yaml", "patra: 1"),
        ];
        for (name, words) in files {
            fs::write(folder.path().join(name), words)?;
        }
        let found = find(&[folder.path().to_owned()]).expect("two sources");
        let names: Vec<&str> = found.inputs.iter().map(|input| input.file_name.as_str()).collect();
        assert_eq!(names, ["a.md", "b.yaml"]);
        assert_eq!(found.passed_over.len(), 3);
        let named =
            find(&[folder.path().join("package.json"), folder.path().join("empty.md")]).expect("they are named");
        assert_eq!((named.inputs.len(), named.passed_over.len()), (2, 0));
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_a_folder_is_no_source_of_it() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (course, secret) = (folder.path().join("course"), folder.path().join("secret.md"));
        fs::create_dir(&course)?;
        fs::write(&secret, "x")?;
        fs::write(course.join("a.md"), "x")?;
        std::os::unix::fs::symlink("a.md", course.join("within.md"))?;
        assert!(gather(std::slice::from_ref(&course)).is_ok());
        std::os::unix::fs::symlink("../secret.md", course.join("link.md"))?;
        assert!(gather(std::slice::from_ref(&course)).is_err());
        assert!(gather(&[course.join("link.md")]).is_ok(), "it is named itself");
        Ok(())
    }

    #[test]
    fn every_argument_that_fails_is_told() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let picture = folder.path().join("a.png");
        fs::write(&picture, "")?;
        let failures =
            gather(&[folder.path().join("none.md"), picture, folder.path().to_owned()]).expect_err("all fail");
        let exits: Vec<Exit> = failures.iter().map(|failure| failure.exit).collect();
        assert_eq!(exits, [Exit::File, Exit::Usage, Exit::File]);
        Ok(())
    }

    #[test]
    fn without_arguments_it_is_the_course() {
        let inputs = gather(&[]).expect("it is embedded");
        assert_eq!(inputs.len(), 2);
        assert!(inputs.iter().all(|input| input.folder().is_none()));
    }
}
