//! The test: which items there are, in which sections.

use patra_core::{Id, Material, Text};

use super::name::Names;
use super::{DECLARATION, Entry, QTI};
use crate::escape::{one_line, xml_of};
use crate::loss::Losses;

/// The assessmentTest: a section for each section of the material that asks something.
pub(super) fn write(
    material: &Material,
    test: &str,
    entries: &[Entry<'_>],
    names: &mut Names,
    losses: &mut Losses,
) -> String {
    let title = xml_of(&one_line(&material.title.to_plain(), losses));
    let mut out = format!("{DECLARATION}<assessmentTest {QTI} identifier=\"{test}\" title=\"{title}\">\n");
    out.push_str("  <testPart identifier=\"part\" navigationMode=\"nonlinear\" submissionMode=\"individual\">\n");
    let mut open = |out: &mut String, id: &Id, title: &str| {
        let name = names.give(&Id::from_key("section").join(id.as_str()));
        out.push_str(&format!("    <assessmentSection identifier=\"{name}\" title=\"{title}\" visible=\"true\">\n"));
    };
    let mut section = None;
    for entry in entries {
        if section != Some(entry.question.section) {
            if section.is_some() {
                out.push_str("    </assessmentSection>\n");
            }
            section = Some(entry.question.section);
            let headings: Vec<String> = entry.question.context.iter().map(Text::to_plain).collect();
            let path = one_line(&headings.join(" › "), losses);
            open(&mut out, entry.question.section, &if path.is_empty() { title.clone() } else { xml_of(&path) });
        }
        let name = &entry.name;
        out.push_str(&format!("      <assessmentItemRef identifier=\"{name}\" href=\"items/{name}.xml\""));
        // An item gives a mark for each thing that it asks; the test weighs it so that it gives its author's marks.
        match entry.question.marks {
            Some(marks) => {
                let weight = f64::from(marks) / entry.question.lines() as f64;
                out.push_str(&format!("><weight identifier=\"MARKS\" value=\"{weight}\"/></assessmentItemRef>\n"));
            }
            None => out.push_str("/>\n"),
        }
    }
    if section.is_none() {
        // A part without a section is not valid.
        open(&mut out, &material.id, &title);
    }
    out.push_str("    </assessmentSection>\n  </testPart>\n</assessmentTest>\n");
    out
}
