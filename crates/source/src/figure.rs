//! The pictures that a material shows, and the sounds that it plays.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use patra_core::{Block, Code, Diagnostic, Material, Phrase, Run, Section, Span, is_sound, phrase};

use crate::{MAX_FILE_BYTES, embedded_picture, file};

/// Reads the pictures of a material, by their names as the source has them, from the folder that the names start from.
/// What can't be read is told as [`files`] tells it.
/// `carried` are the files that the source brings itself.
pub fn pictures(
    material: &Material,
    folder: Option<&Path>,
    carried: &BTreeMap<String, Vec<u8>>,
) -> (BTreeMap<String, Vec<u8>>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let found = find(material, folder, carried, false, &mut diagnostics);
    let mut pictures = carried.clone();
    for (name, (path, span)) in found {
        match file::read_file(&path) {
            Ok(bytes) => drop(pictures.insert(name, bytes)),
            Err(error) => diagnostics.push(missing(&name, span, &file::file_problem(&error))),
        }
    }
    (pictures, diagnostics)
}

/// Finds the pictures and sounds of a material: where each file is, by its name as the source has it, in the folder that
/// the names start from. A figure names a picture or a sound, a link [a sound](is_sound).
///
/// Only files in that folder or below it are found: a source from elsewhere shall not carry a reader's private files into
/// its outputs. A sound that isn't there, or isn't one that may be read, is an error; a picture is a warning, and its alternative text
/// is shown in its place.
/// What the source brings itself (`carried`) is not looked for.
pub fn files(
    material: &Material,
    folder: Option<&Path>,
    carried: &BTreeMap<String, Vec<u8>>,
) -> (BTreeMap<String, PathBuf>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let found = find(material, folder, carried, true, &mut diagnostics);
    (found.into_iter().map(|(name, (path, _))| (name, path)).collect(), diagnostics)
}

fn find(
    material: &Material,
    folder: Option<&Path>,
    carried: &BTreeMap<String, Vec<u8>>,
    sounds: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, (PathBuf, Span)> {
    let mut named: BTreeMap<&str, Span> = BTreeMap::new();
    material.walk_blocks(&mut |block, _| {
        if let Block::Figure(figure) = block {
            named.entry(&figure.source).or_insert(figure.span);
        }
        if sounds {
            block.texts(&mut |text, span| {
                text.walk(&mut |run| {
                    if let Run::Link(link) = run
                        && is_sound(&link.target)
                    {
                        named.entry(&link.target).or_insert(span);
                    }
                });
            });
        }
    });
    let mut found = BTreeMap::new();
    for (name, span) in named.into_iter().filter(|(name, _)| !carried.contains_key(*name)) {
        match locate(name, folder) {
            Ok(path) => drop(found.insert(name.to_owned(), (path, span))),
            Err(why) if is_remote(name) => {
                // What stands in the source itself may be as long as a book.
                let name: String = name.chars().take(100).collect();
                let message = phrase!("cannot show the picture `{$name}`: {$why}", name, why);
                let hint = "its alternative text stands in its place";
                diagnostics.push(Diagnostic::new(Code::MissingFigure, span, message).with_hint(hint));
            }
            Err(why) => diagnostics.push(missing(name, span, &why)),
        }
    }
    found
}

/// The problem of a file that can't be read. A picture has alternative text to show in its place; a sound has nothing.
fn missing(name: &str, span: Span, why: &Phrase) -> Diagnostic {
    if !is_sound(name) {
        let message = phrase!("cannot show the picture `{$name}`: {$why}", name, why);
        let hint = "its alternative text is shown; names start from the folder of the source, and lead nowhere else";
        return Diagnostic::new(Code::MissingFigure, span, message).with_hint(hint);
    }
    let message = phrase!("cannot read the file `{$name}`: {$why}", name, why);
    Diagnostic::new(Code::MissingFile, span, message)
        .with_hint("names start from the folder of the source, and lead nowhere else")
}

/// Takes the pictures that are in the source itself, as `data:` URLs, out of it: their bytes go into `media`, and their figures get
/// names made of `stem`: `notes-1.png`. What no exporter shows stays as it is.
pub fn unpack_embedded(material: &mut Material, media: &mut BTreeMap<String, Vec<u8>>, stem: &str) {
    fn visit(block: &mut Block, change: &mut dyn FnMut(&mut String)) {
        match block {
            Block::Figure(figure) => change(&mut figure.source),
            block => block.children_mut().into_iter().for_each(|child| visit(child, change)),
        }
    }
    fn walk(sections: &mut [Section], change: &mut dyn FnMut(&mut String)) {
        for section in sections {
            section.blocks.iter_mut().for_each(|block| visit(block, change));
            walk(&mut section.sections, change);
        }
    }
    let mut taken: BTreeSet<String> = media.keys().cloned().collect();
    material.walk_blocks(&mut |block, _| {
        if let Block::Figure(figure) = block
            && !figure.source.starts_with("data:")
        {
            taken.insert(figure.source.clone());
        }
    });
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut number = 0;
    walk(&mut material.sections, &mut |source| {
        if let Some(name) = names.get(source) {
            source.clone_from(name);
        } else if let Some((bytes, ending)) = embedded_picture(source) {
            let name = loop {
                number += 1;
                let name = format!("{stem}-{number}.{ending}");
                if taken.insert(name.clone()) {
                    break name;
                }
            };
            names.insert(std::mem::replace(source, name.clone()), name.clone());
            media.insert(name, bytes);
        }
    });
}

fn is_remote(name: &str) -> bool {
    name.contains("://") || name.starts_with("data:")
}

fn locate(name: &str, folder: Option<&Path>) -> Result<PathBuf, Phrase> {
    if is_remote(name) {
        return Err(phrase!("pictures are read from files, never from the network"));
    }
    let Some(folder) = folder else { return Err(phrase!("the source is in no folder")) };
    let path = file::file_in(folder, name, phrase!("only files in the source's folder are read"))?;
    let size = fs::metadata(&path).map_err(|error| file::file_problem(&error))?.len();
    if size > MAX_FILE_BYTES {
        return Err(phrase!("it is larger than {$limit} MiB", limit = MAX_FILE_BYTES >> 20));
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_in_the_folder_are_read() -> std::io::Result<()> {
        let outside = tempfile::tempdir()?;
        let folder = outside.path().join("course");
        fs::create_dir_all(folder.join("चित्र"))?;
        fs::write(folder.join("चित्र/क.png"), b"picture")?;
        fs::write(outside.path().join("secret"), b"secret")?;
        let found = fs::canonicalize(folder.join("चित्र/क.png"))?;
        assert_eq!(locate("चित्र/क.png", Some(&folder)), Ok(found.clone()));
        assert_eq!(locate("./चित्र/क.png", Some(&folder)), Ok(found));
        let absolute = outside.path().join("secret");
        for name in ["../secret", "चित्र/../../secret", "", "चित्र", "none.png", "https://example.org/a.png"]
        {
            assert!(locate(name, Some(&folder)).is_err(), "{name}");
        }
        assert!(locate(&absolute.to_string_lossy(), Some(&folder)).is_err());
        assert!(locate("क.png", None).is_err());
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&absolute, folder.join("link.png"))?;
            assert!(locate("link.png", Some(&folder)).is_err());
        }
        Ok(())
    }

    #[test]
    fn pictures_in_the_source_get_names_that_no_file_has() {
        let figure = |source: &str| Block::Figure(patra_core::Figure { source: source.into(), ..Default::default() });
        let gif = |data: &str| figure(&format!("data:image/gif;base64,{data}"));
        let blocks = vec![figure("notes-1.gif"), gif("R0lG"), gif("R0lGOA=="), gif("R0lG"), gif("*")];
        let section = Section { blocks, ..Section::default() };
        let mut material = Material { sections: vec![section], ..Material::default() };
        let mut media = BTreeMap::new();
        unpack_embedded(&mut material, &mut media, "notes");
        let mut names = Vec::new();
        material.walk_blocks(&mut |block, _| {
            if let Block::Figure(figure) = block {
                names.push(figure.source.clone());
            }
        });
        assert_eq!(names, ["notes-1.gif", "notes-2.gif", "notes-3.gif", "notes-2.gif", "data:image/gif;base64,*"]);
        assert_eq!(media.keys().collect::<Vec<_>>(), ["notes-2.gif", "notes-3.gif"]);
        assert_eq!(media["notes-3.gif"], b"GIF8");
    }
}
