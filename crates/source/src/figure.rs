//! The pictures that a material shows.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path};

use patra_core::{Block, Code, Diagnostic, Material};

use crate::read_file;

/// Reads the pictures of a material, by their names as the source has them, from the folder that the names start from.
///
/// Only files in that folder or below it are read: a source from elsewhere shall not carry a reader's private files into
/// its outputs. What can't be read is told, and its alternative text will stand in its place.
pub fn pictures(material: &Material, folder: Option<&Path>) -> (BTreeMap<String, Vec<u8>>, Vec<Diagnostic>) {
    let mut pictures = BTreeMap::new();
    let mut diagnostics = Vec::new();
    material.walk_blocks(&mut |block, _| {
        let Block::Figure(figure) = block else { return };
        if pictures.contains_key(&figure.source) {
            return;
        }
        match picture(&figure.source, folder) {
            Ok(bytes) => {
                pictures.insert(figure.source.clone(), bytes);
            }
            Err(why) => {
                let message = format!("cannot show the picture `{}`: {why}", figure.source);
                let hint = "its alternative text stands in its place";
                diagnostics.push(Diagnostic::new(Code::MissingFigure, figure.span, message).with_hint(hint));
            }
        }
    });
    (pictures, diagnostics)
}

fn picture(name: &str, folder: Option<&Path>) -> Result<Vec<u8>, String> {
    if name.contains("://") || name.starts_with("data:") {
        return Err("pictures are read from files, never from the network".to_owned());
    }
    let relative = Path::new(name);
    let inside = relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if name.is_empty() || !inside {
        return Err("only files in the source's folder are read".to_owned());
    }
    let Some(folder) = folder else { return Err("the source is in no folder".to_owned()) };
    let why = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => error.to_string(),
    };
    // Links are followed first, so that one cannot lead out of the folder.
    let root = fs::canonicalize(folder).map_err(why)?;
    let path = fs::canonicalize(root.join(relative)).map_err(why)?;
    if !path.starts_with(&root) {
        return Err("only files in the source's folder are read".to_owned());
    }
    if !path.is_file() {
        return Err("it is not a file".to_owned());
    }
    read_file(&path).map_err(why)
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
        assert_eq!(picture("चित्र/क.png", Some(&folder)), Ok(b"picture".to_vec()));
        assert_eq!(picture("./चित्र/क.png", Some(&folder)), Ok(b"picture".to_vec()));
        let absolute = outside.path().join("secret");
        for name in ["../secret", "चित्र/../../secret", "", "चित्र", "none.png", "https://example.org/a.png"]
        {
            assert!(picture(name, Some(&folder)).is_err(), "{name}");
        }
        assert!(picture(&absolute.to_string_lossy(), Some(&folder)).is_err());
        assert!(picture("क.png", None).is_err());
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&absolute, folder.join("link.png"))?;
            assert!(picture("link.png", Some(&folder)).is_err());
        }
        Ok(())
    }
}
