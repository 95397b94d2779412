//! What was written, told to a person.

use std::io::{self, Write};
use std::path::Path;

use patra_build::build::Written;
use patra_core::phrase;

use crate::report::Voice;

/// Tells what was written, and which locks could not be. A reader that has gone away is no failure: the files are there.
pub(crate) fn tell(out: &mut impl Write, all: &[Written], unkept: &[&Path], voice: Voice) {
    for written in all {
        if tell_one(out, written, voice).is_err() {
            return;
        }
    }
    for path in unkept {
        let said = phrase!(
            "`{$path}` can't be written, so what is mended reaches learners only under a new `updated:` day",
            path = path.display().to_string()
        );
        if writeln!(out, "{}", voice.say(&said)).is_err() {
            return;
        }
    }
    let _ = out.flush();
}

fn tell_one(out: &mut impl Write, written: &Written, voice: Voice) -> io::Result<()> {
    let items = phrase!("1 item" | "{$count} items", count = written.items);
    write!(out, "{}: {}", written.name, voice.say(&items))?;
    if let Some(pages) = written.pages {
        write!(out, ", {}", voice.say(&phrase!("1 page" | "{$count} pages", count = pages)))?;
    }
    writeln!(out)?;
    for line in lines(written, voice) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// A line for each file, and one for all files of a folder in the material's folder, such as the sheets.
fn lines(written: &Written, voice: Voice) -> Vec<String> {
    let mut lines: Vec<(String, usize, u64)> = Vec::new();
    for (name, bytes) in &written.files {
        let shown = name.split_once('/').map_or(name.as_str(), |(folder, _)| folder);
        match lines.last_mut().filter(|(last, ..)| last == shown) {
            Some((_, files, total)) => {
                *files += 1;
                *total += bytes;
            }
            None => lines.push((shown.to_owned(), 1, *bytes)),
        }
    }
    let line = |(name, files, bytes): (String, usize, u64)| {
        let path = written.folder.join(name);
        let said = phrase!("1 file" | "{$count} files", count = files);
        let many = if files > 1 { format!(": {}", voice.say(&said)) } else { String::new() };
        format!("{:>10}  {}{many}", size(bytes), path.display())
    };
    lines.into_iter().map(line).collect()
}

/// A size in bytes, kB (1,000 bytes) or MB (1,000,000 bytes).
fn size(bytes: u64) -> String {
    let tenths = |unit: u64| (bytes + unit / 20) / (unit / 10);
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..999_950 => format!("{}.{} kB", tenths(1_000) / 10, tenths(1_000) % 10),
        _ => format!("{}.{} MB", tenths(1_000_000) / 10, tenths(1_000_000) % 10),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn the_files_of_a_folder_are_summed_up() {
        let files = [("handout.pdf", 1_000), ("sheets/a.csv", 500), ("sheets/b.csv", 700), ("material.json", 5)];
        let written = Written {
            name: "notes.md".to_owned(),
            items: 1,
            pages: Some(2),
            folder: PathBuf::from("out"),
            files: files.map(|(name, bytes)| (name.to_owned(), bytes)).to_vec(),
        };
        let mut out = Vec::new();
        tell_one(&mut out, &written, Voice::default()).expect("written to memory");
        let sheets = PathBuf::from("out").join("sheets");
        assert_eq!(lines(&written, Voice::default())[1], format!("    1.2 kB  {}: 2 files", sheets.display()));
        assert_eq!(String::from_utf8(out).expect("UTF-8").lines().count(), 4);
    }

    #[test]
    fn sizes_are_rounded() {
        let sizes = [0, 999, 1_000, 1_049, 1_050, 999_949, 999_950, 12_345_678].map(size);
        assert_eq!(sizes, ["0 B", "999 B", "1.0 kB", "1.0 kB", "1.1 kB", "999.9 kB", "1.0 MB", "12.3 MB"]);
    }
}
