//! Writes the deck of a material in its stored form (JSON).
//!
//! `cargo run -p patra-anki --example deck -- MATERIAL.json DECK.apkg [LOCK [NOW]] [--legacy] [--subdecks] [--preset] [--media FOLDER]`
//!
//! The lock is read where it is there, and written anew. What became of each note is printed, a line a note.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use patra_anki::{ApkgOptions, DeckFormat, Lock, apkg};
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
            "--media" => {
                for file in fs::read_dir(arguments.next().ok_or("--media needs a folder")?)? {
                    let file = file?;
                    options.media.insert(file.file_name().to_string_lossy().into_owned(), fs::read(file.path())?);
                }
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
    let deck = apkg(&material, &Practice::of(&material), &options)?;
    for warning in &deck.warnings {
        show(&format_args!("{warning}"));
    }
    for change in &deck.output.changes {
        show(&format_args!("{:?} {} {}", change.kind, change.item, change.guid));
    }
    fs::write(output, &deck.output.bytes)?;
    if let Some(lock) = rest.first() {
        fs::write(lock, deck.output.lock.to_string())?;
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "an example talks to a terminal")]
fn show(line: &dyn std::fmt::Display) {
    println!("{line}");
}
