//! Writes the deck of a material in its stored form (JSON).
//!
//! `cargo run -p patra-anki --example deck -- MATERIAL.json DECK.apkg [LOCK [NOW]] [--legacy] [--subdecks] [--preset]
//! [--media FOLDER] [--reversed] [--typed] [--speech] [--translation MATERIAL.json]`
//!
//! The lock is read where it is there, and written anew. What became of each note is printed, a line a note.

use std::error::Error;
use std::path::Path;
use std::{env, fs, io};

use patra_anki::{ApkgOptions, DeckFormat, Lock, Media, Translation, write_apkg};
use patra_core::{Material, Practice};

fn main() -> Result<(), Box<dyn Error>> {
    let mut options = ApkgOptions::default();
    let mut paths = Vec::new();
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--legacy" => options.format = DeckFormat::Legacy,
            "--subdecks" => options.subdecks = true,
            "--preset" => options.preset = true,
            "--reversed" => options.reversed = true,
            "--typed" => options.typed = true,
            "--speech" => options.speech = true,
            "--translation" => {
                let other = fs::read_to_string(arguments.next().ok_or("--translation needs a material")?)?;
                options.translation = Some(Translation::of(&Material::from_json(&other)?));
            }
            "--media" => {
                add_media(&mut options, Path::new(&arguments.next().ok_or("--media needs a folder")?), "")?;
            }
            _ => paths.push(argument),
        }
    }
    let [source, output, rest @ ..] = paths.as_slice() else { return Err("name a material and a deck".into()) };
    if let Some(lock) = rest.first() {
        options.lock =
            Some(if Path::new(lock).exists() { Lock::parse(&fs::read_to_string(lock)?)? } else { Lock::default() });
    }
    options.now = rest.get(1).map(|now| now.parse()).transpose()?;

    let material = Material::from_json(&fs::read_to_string(source)?)?;
    let mut file = fs::File::create(output)?;
    let deck = write_apkg(&material, &Practice::of(&material), &options, &mut file)
        .or_else(|error| fs::remove_file(output).map_err(Box::<dyn Error>::from).and(Err(error.into())))?;
    for warning in &deck.warnings {
        show(&format_args!("{warning}"));
    }
    for change in &deck.output.changes {
        show(&format_args!("{:?} {} {}", change.kind, change.item, change.guid));
    }
    if let Some(lock) = rest.first() {
        fs::write(lock, deck.output.lock.to_string())?;
    }
    Ok(())
}

/// Adds the files of a folder, by their names from it.
fn add_media(options: &mut ApkgOptions, folder: &Path, before: &str) -> io::Result<()> {
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        let name = format!("{before}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            add_media(options, &path, &format!("{name}/"))?;
        } else {
            options.media.insert(name, Media::opened(move || fs::File::open(&path)));
        }
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "an example talks to a terminal")]
fn show(line: &dyn std::fmt::Display) {
    println!("{line}");
}
