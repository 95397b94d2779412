//! Says which cards notes have, for a test against Anki: a line of JSON in, `{"fronts": ["{{A}}"], "fields": [["A", "…"]],
//! "gaps": false}`, a line with the ordinals out.
//!
//! `cargo run -p patra-anki --example cards < notes.jsonl`

use std::error::Error;
use std::io::{self, BufRead, Write};

use patra_anki::{CardTemplate, card_ordinals, gap_ordinals};
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let note: Value = serde_json::from_str(&line?)?;
        let words = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let list = |name: &str| note[name].as_array().cloned().unwrap_or_default();
        let fronts: Vec<_> = list("fronts").iter().map(|front| CardTemplate::parse(&words(front))).collect();
        let fields: Vec<_> = list("fields").iter().map(|field| (words(&field[0]), words(&field[1]))).collect();
        let fields: Vec<_> = fields.iter().map(|(name, content)| (name.as_str(), content.as_str())).collect();
        let ordinals = if note["gaps"] == true {
            gap_ordinals(fields.iter().map(|(_, content)| *content))
        } else {
            card_ordinals(&fronts, &fields)
        };
        writeln!(out, "{ordinals:?}")?;
    }
    Ok(())
}
