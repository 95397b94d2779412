//! Makes a paper of a material in its stored form:
//! `cargo run -p patra-pdf --example paper worksheet material.json out.pdf a5 large-print`.

use std::error::Error;

use patra_core::{Material, Practice};
use patra_pdf::{Paper, PdfOptions, Sheet, Theme, pdf};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [paper, input, output, look @ ..] = arguments.as_slice() else {
        return Err("three arguments are wanted: the paper, the material, and the file to write".into());
    };
    let mut options = PdfOptions::default();
    options.paper = match paper.as_str() {
        "handout" => Paper::Handout,
        "worksheet" => Paper::Worksheet,
        "answers" => Paper::Answers,
        "cards" => Paper::Cards,
        "booklet" => Paper::Booklet,
        _ => return Err(format!("`{paper}` is no paper").into()),
    };
    options.cards.calibration = true;
    for name in look {
        if name.contains('.') {
            options.fonts.push(patra_pdf::FontFile::read(name, std::fs::read(name)?)?);
            continue;
        }
        match (Sheet::named(name), Theme::named(name)) {
            (Some(sheet), _) => options.sheet = sheet,
            (_, Some(theme)) => options.theme = theme,
            _ => return Err(format!("`{name}` is neither a size of sheets nor a theme").into()),
        }
    }
    let material = Material::from_json(&std::fs::read_to_string(input)?)?;
    let made = pdf(&material, &Practice::of(&material), &options)?;
    std::fs::write(output, &made.output.bytes)?;
    Ok(())
}
