//! Sources changed in place.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use patra_core::phrase;

use crate::deliver::{prefix, sync_folder};
use crate::exit::Exit;
use crate::input::{Failure, Verb};
use crate::load::Loaded;

/// The mark that a source may begin with; what is written begins with it again.
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Puts a changed source in the place of the old one, in one step; whether there was anything to write.
pub fn replace(loaded: &Loaded, before: &[u8], text: &str) -> Result<bool, Vec<Failure>> {
    let Some(path) = loaded.input.path() else { return Ok(false) };
    let read = loaded.sources.first().text();
    if text == read {
        return Ok(false);
    }
    // What was not UTF-8, or was replaced, would be lost.
    if before.strip_prefix(BYTE_ORDER_MARK).unwrap_or(before) != read.as_bytes() {
        let message =
            phrase!("`{$source}` is not in UTF-8, so patra doesn't change it", source = path.display().to_string());
        return Err(vec![Failure { message, hint: Some(phrase!("save it as UTF-8")), exit: Exit::Material }]);
    }
    // What a link leads to is replaced, and not the link.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut bytes = Vec::with_capacity(text.len() + BYTE_ORDER_MARK.len());
    if before.starts_with(BYTE_ORDER_MARK) {
        bytes.extend_from_slice(BYTE_ORDER_MARK);
    }
    bytes.extend_from_slice(text.as_bytes());
    let put = || -> io::Result<bool> {
        let folder = target.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        let mut file = tempfile::Builder::new().prefix(&prefix()).suffix(".tmp").tempfile_in(folder)?;
        file.write_all(&bytes)?;
        file.flush()?;
        // A source may hold what not everybody is to read.
        fs::set_permissions(file.path(), fs::metadata(&target)?.permissions())?;
        if fs::read(&target)? != before {
            return Ok(false);
        }
        // The author's words can't be made again.
        file.as_file().sync_all()?;
        file.persist(&target).map_err(|error| error.error)?;
        sync_folder(&target)?;
        Ok(true)
    };
    match put() {
        Ok(true) => Ok(true),
        Ok(false) => {
            let message = phrase!("`{$source}` was changed while patra read it", source = path.display().to_string());
            Err(vec![Failure { message, hint: Some(phrase!("try again")), exit: Exit::File }])
        }
        Err(error) => Err(vec![Failure::file(Verb::Write, path, &error)]),
    }
}
