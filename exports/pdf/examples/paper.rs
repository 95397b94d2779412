//! Makes a paper of a material in its stored form: `cargo run -p patra-pdf --example paper worksheet material.json out.pdf`.

use std::error::Error;

use patra_core::{Material, Practice};
use patra_pdf::{Paper, PdfOptions, pdf};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [paper, input, output] = arguments.as_slice() else {
        return Err("three arguments are wanted: the paper, the material, and the file to write".into());
    };
    let mut options = PdfOptions::default();
    options.paper = match paper.as_str() {
        "handout" => Paper::Handout,
        "worksheet" => Paper::Worksheet,
        "answers" => Paper::Answers,
        "cards" => Paper::Cards,
        _ => return Err(format!("`{paper}` is no paper").into()),
    };
    options.cards.calibration = true;
    let material = Material::from_json(&std::fs::read_to_string(input)?)?;
    let made = pdf(&material, &Practice::of(&material), &options)?;
    std::fs::write(output, &made.output.bytes)?;
    Ok(())
}
