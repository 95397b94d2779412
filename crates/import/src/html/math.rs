//! Formulas: in LaTeX, where the page has it or says them in MathML.

use patra_core::{Run, Text};

use super::tree::{Index, Tree};
use crate::formula::{Mark, Piece, pieces};

/// A formula that an element holds.
pub(super) enum Formula {
    Inline(String),
    Block(String),
    /// One of which a part has no form in LaTeX, and whether it stands on a line of its own.
    Lossy(String, bool),
    /// A second form of a formula that stands beside it.
    Nothing,
}

/// Whether an element is a formula in a script, as MathJax 2 takes it.
pub(super) fn is_script(tree: &Tree, index: Index) -> bool {
    tree.name(index) == "script" && tree.attribute(index, "type").is_some_and(|kind| kind.starts_with("math/tex"))
}

/// The formula that an element is.
pub(super) fn formula(tree: &Tree, index: Index) -> Option<Formula> {
    let element = tree.element(index)?;
    let has =
        |name: &str| element.attribute("class").is_some_and(|class| class.split_ascii_whitespace().any(|c| c == name));
    if is_script(tree, index) {
        let tex: String = tree.children(index).filter_map(|child| tree.text(child)).collect();
        let block = element.attribute("type").is_some_and(|kind| kind.contains("mode=display"));
        return made(&tex, block);
    }
    // What MathJax 2 has drawn of the script beside it.
    if ["MathJax_Preview", "MathJax", "MathJax_Display", "MathJax_SVG"].iter().any(|name| has(name)) {
        let mut beside = std::iter::successors(tree.next(index), |&next| tree.next(next)).take(4);
        return beside.any(|next| is_script(tree, next)).then_some(Formula::Nothing);
    }
    let holds = ["katex", "katex-display", "mwe-math-element"].iter().any(|name| has(name));
    let is_math = element.foreign && *element.name == *"math";
    if holds || is_math {
        let annotation = tree.inside(index).find(|&inner| {
            tree.element(inner).is_some_and(|e| *e.name == *"annotation")
                && tree.attribute(inner, "encoding").is_some_and(|encoding| encoding.contains("tex"))
        });
        let math = std::iter::once(index)
            .chain(tree.inside(index))
            .find(|&inner| tree.element(inner).is_some_and(|e| e.foreign && *e.name == *"math"));
        let annotated =
            annotation.map(|inner| tree.children(inner).filter_map(|child| tree.text(child)).collect::<String>());
        // What is said in place of a formula may be words too.
        let alttext = math.and_then(|math| tree.attribute(math, "alttext"));
        let alttext = alttext.filter(|said| said.contains(['\\', '^', '_']) || !said.contains(' ')).map(str::to_owned);
        let made_of = |math: Index| super::mathml::tex(tree, math);
        let (tex, lossy) = match annotated.or(alttext) {
            Some(tex) => (tex, false),
            None => math.map(made_of).map(|found| (found.tex, found.lossy))?,
        };
        let block = has("katex-display") || math.is_some_and(|math| tree.attribute(math, "display") == Some("block"));
        return match made(&tex, block)? {
            Formula::Inline(tex) | Formula::Block(tex) if lossy => Some(Formula::Lossy(tex, block)),
            formula => Some(formula),
        };
    }
    None
}

fn made(tex: &str, block: bool) -> Option<Formula> {
    let tex = tex.split_whitespace().collect::<Vec<_>>().join(" ");
    // What Wikipedia puts around each formula says only how large it is set.
    let inner = tex.strip_prefix("{\\displaystyle").or_else(|| tex.strip_prefix("{\\textstyle"));
    let tex = inner.and_then(|rest| rest.strip_suffix('}')).unwrap_or(&tex).trim().to_owned();
    if tex.is_empty() {
        return None;
    }
    Some(if block { Formula::Block(tex) } else { Formula::Inline(tex) })
}

/// A text with its formulas, or the formula that is all of it.
pub(super) enum Found {
    Text(Text),
    Formula(String),
}

/// The marks of formulas, and whether each stands on a line of its own.
const MARKS: [Mark<bool>; 3] = [("\\(", "\\)", false), ("\\[", "\\]", true), ("$$", "$$", true)];

/// Finds formulas in `\(…\)`, and in `\[…\]` and `$$…$$`.
pub(super) fn with_math(text: Text) -> Found {
    let suspect = |run: &Run| matches!(run, Run::Plain(words) if words.contains("\\(") || words.contains("\\[") || words.contains("$$"));
    if !text.runs().iter().any(suspect) {
        return Found::Text(text);
    }
    let mut out = Text::default();
    let mut displayed = None;
    for run in text.runs() {
        let Run::Plain(words) = run else {
            out.push(run.clone());
            continue;
        };
        for piece in pieces(words, &MARKS) {
            match piece {
                Piece::Words(words) => out.push(Run::Plain(words.to_owned())),
                Piece::Marked(block, tex) => {
                    if block {
                        displayed = Some(tex.to_owned());
                    }
                    out.push(Run::Math(tex.to_owned()));
                }
            }
        }
    }
    match (displayed, out.runs()) {
        (Some(tex), [Run::Math(_)]) => Found::Formula(tex),
        _ => Found::Text(out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_in_text() {
        let Found::Text(text) = with_math(Text::plain("यदि \\(a^2\\) तब $$b$$ है \\( x")) else {
            panic!("a text")
        };
        let maths: Vec<&Run> = text.runs().iter().filter(|run| matches!(run, Run::Math(_))).collect();
        assert_eq!(maths, [&Run::Math("a^2".into()), &Run::Math("b".into())]);
        assert!(text.to_plain().ends_with("\\( x"));
        let Found::Text(text) = with_math(Text::plain("\\( x $$b$$")) else { panic!("a text") };
        assert_eq!(text.runs().last(), Some(&Run::Math("b".into())));
        assert!(matches!(with_math(Text::plain("\\[ x+1 \\]")), Found::Formula(tex) if tex == "x+1"));
    }
}
