//! Writes a deck of many basic notes, and says how long the exporter took.
//!
//! `cargo run --release -p patra-anki --example speed -- 20000 deck.apkg`

use std::error::Error;
use std::time::Instant;
use std::{env, fs};

use patra_anki::{ApkgOptions, apkg};
use patra_core::{Block, Material, Practice, Question, Section};

/// As the command has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[expect(clippy::print_stdout, reason = "an example talks to a terminal")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let count: usize = arguments.next().ok_or("how many notes?")?.parse()?;
    let path = arguments.next().ok_or("which file?")?;
    let question = |n: usize| {
        Block::Question(Question {
            prompt: format!("प्रश्न {n}: यह क्या है?").into(),
            answer: format!("उत्तर {n}: यह एक वस्तु है।").into(),
            ..Question::default()
        })
    };
    let section =
        Section { heading: "खंड".into(), blocks: (0..count).map(question).collect(), ..Section::default() };
    let mut material =
        Material { title: "गति".into(), language: "hi".parse()?, sections: vec![section], ..Material::default() };
    material.assign_ids();
    let practice = Practice::of(&material);
    let start = Instant::now();
    let deck = apkg(&material, &practice, &ApkgOptions::default())?.output;
    println!("deck of {count}: {:?}, {} bytes", start.elapsed(), deck.bytes.len());
    fs::write(path, deck.bytes)?;
    Ok(())
}
