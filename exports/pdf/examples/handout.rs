//! Makes a handout of a material in its stored form: `cargo run -p patra-pdf --example handout material.json out.pdf`.

use std::error::Error;

use patra_core::{Material, Practice};
use patra_pdf::{PdfOptions, pdf};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output] = arguments.as_slice() else {
        return Err("two arguments are wanted: the material, and the file to write".into());
    };
    let material = Material::from_json(&std::fs::read_to_string(input)?)?;
    let made = pdf(&material, &Practice::of(&material), &PdfOptions::default())?;
    std::fs::write(output, &made.output.bytes)?;
    Ok(())
}
