//! QTI 2.1: a content package of a test and its items.

mod item;
mod manifest;
mod name;
mod sequence;

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use patra_core::{Id, Material, Messages};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::error::Error;
use crate::loss::Losses;
use crate::options::QuizOptions;
use crate::picture::Pictures;
use crate::question::Question;

use name::Names;

/// The namespace of QTI and where its schema is.
const QTI: &str = "xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p1\" \
     xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
     xsi:schemaLocation=\"http://www.imsglobal.org/xsd/imsqti_v2p1 \
     http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd\"";

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// An item with what the test and the manifest say of it.
pub(crate) struct Entry<'q> {
    question: &'q Question<'q>,
    /// Its identifier, also its file's name without the ending.
    name: String,
    title: String,
    /// The names of the pictures it shows.
    pictures: Vec<String>,
}

/// The package.
pub(crate) fn package(
    material: &Material,
    questions: &[Question<'_>],
    options: &QuizOptions,
    losses: &mut Losses,
) -> Result<Vec<u8>, Error> {
    let mut pictures = Pictures::of(&options.media, "../media/");
    let mut media: BTreeMap<String, &[u8]> = BTreeMap::new();
    let hint = Messages::of(material).string("hint", &[]);
    let mut names = Names::default();
    let test = names.give(&Id::from_key("test").join(material.id.as_str()));
    let mut entries = Vec::with_capacity(questions.len());
    let mut files = Vec::with_capacity(questions.len());
    for question in questions {
        losses.turn_to(question.about);
        let name = names.give(&question.id);
        let title = crate::escape::one_line(&question.name(), losses);
        let about = item::About { material, hint: &hint, name: &name, title: &title };
        files.push((format!("items/{name}.xml"), item::write(&about, question, losses, &mut pictures)));
        let shown = pictures.take();
        entries.push(Entry { question, name, title, pictures: shown.keys().cloned().collect() });
        media.extend(shown);
    }
    let sequence = sequence::write(material, &test, &entries, &mut names, losses);
    let manifest = manifest::write(material, &test, &entries, losses);

    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    add(&mut zip, "imsmanifest.xml", manifest.as_bytes(), CompressionMethod::Deflated)?;
    add(&mut zip, "assessment.xml", sequence.as_bytes(), CompressionMethod::Deflated)?;
    for (path, xml) in &files {
        add(&mut zip, path, xml.as_bytes(), CompressionMethod::Deflated)?;
    }
    for (name, bytes) in media {
        add(&mut zip, &format!("media/{name}"), bytes, CompressionMethod::Stored)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Adds a file, with the same time and rights in every package.
fn add(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8], method: CompressionMethod) -> Result<(), Error> {
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644)
        .large_file(false);
    zip.start_file(name, options)?;
    zip.write_all(bytes)?;
    Ok(())
}
