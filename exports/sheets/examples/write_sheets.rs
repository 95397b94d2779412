//! Writes the sheets of a material in its stored form: `write_sheets MATERIAL.json FOLDER [safe]`.

use std::path::Path;

use patra_core::{Material, Practice};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [source, folder, rest @ ..] = arguments.as_slice() else {
        return Err("usage: write_sheets MATERIAL.json FOLDER [safe]".into());
    };
    let material = Material::from_json(&std::fs::read_to_string(source)?)?;
    let mut options = patra_sheets::SheetsOptions::default();
    options.spreadsheet_safe = rest.iter().any(|argument| argument == "safe");
    let practice = Practice::of_every_kind(&material);
    let made = patra_sheets::sheets(&material, &practice, &options)?;
    std::fs::create_dir_all(folder)?;
    for file in &made.output.files {
        std::fs::write(Path::new(folder).join(&file.name), &file.bytes)?;
    }
    std::fs::write(
        Path::new(folder).join("workbook.xlsx"),
        patra_sheets::workbook(&material, &practice, &options)?.output,
    )?;
    for warning in &made.warnings {
        #[expect(clippy::print_stderr, reason = "an example tells its user on the terminal")]
        {
            eprintln!("{warning}");
        }
    }
    Ok(())
}
