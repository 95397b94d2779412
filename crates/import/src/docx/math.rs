//! Word's formulas (OMML; ECMA-376, 22.1) to LaTeX.

use super::xml::{Node, attribute, child, children, is, switch, value, words};
use crate::latex::{FUNCTIONS, delimiter, symbols, text};

/// Formulas stand in formulas no deeper than this.
const DEEPEST: usize = 64;

/// A formula in LaTeX.
pub(super) struct Tex {
    pub tex: String,
    /// Whether a part of it has no form in LaTeX, and its words alone were kept.
    pub lossy: bool,
}

/// The LaTeX of a formula (`m:oMath`).
pub(super) fn tex(node: Node<'_, '_>) -> Tex {
    let mut writer = Writer { lossy: false, depth: 0 };
    let tex = writer.inside(node);
    Tex { tex: tex.split_whitespace().collect::<Vec<_>>().join(" "), lossy: writer.lossy }
}

struct Writer {
    lossy: bool,
    depth: usize,
}

impl Writer {
    fn inside(&mut self, node: Node<'_, '_>) -> String {
        if self.depth >= DEEPEST {
            self.lossy = true;
            return symbols(&words(node, "t"));
        }
        self.depth += 1;
        let out: String = node.children().filter(Node::is_element).map(|child| self.element(child)).collect();
        self.depth -= 1;
        out
    }

    /// The inside of a child, in braces.
    fn part(&mut self, node: Node<'_, '_>, name: &str) -> String {
        let inside = child(node, name).map(|child| self.inside(child)).unwrap_or_default();
        format!("{{{}}}", inside.trim())
    }

    fn element(&mut self, node: Node<'_, '_>) -> String {
        let name = node.tag_name().name();
        if name.ends_with("Pr") {
            return String::new();
        }
        let property = |element: &str, name: &str| {
            child(node, element).and_then(|properties| value(properties, name)).map(str::to_owned)
        };
        match name {
            "r" => run(node),
            "t" => symbols(node.text().unwrap_or_default()),
            "f" => {
                let (top, below) = (self.part(node, "num"), self.part(node, "den"));
                match property("fPr", "type").as_deref() {
                    Some("noBar") => format!("\\binom{top}{below}"),
                    Some("lin") => format!("{top}/{below}"),
                    _ => format!("\\frac{top}{below}"),
                }
            }
            "rad" => {
                let degree = self.part(node, "deg");
                let base = self.part(node, "e");
                let hidden = child(node, "radPr").and_then(|properties| switch(properties, "degHide")) == Some(true);
                if hidden || degree == "{}" {
                    format!("\\sqrt{base}")
                } else {
                    format!("\\sqrt[{}]{base}", &degree[1..degree.len() - 1])
                }
            }
            "sSup" => format!("{}^{}", self.part(node, "e"), self.part(node, "sup")),
            "sSub" => format!("{}_{}", self.part(node, "e"), self.part(node, "sub")),
            "sSubSup" => {
                format!("{}_{}^{}", self.part(node, "e"), self.part(node, "sub"), self.part(node, "sup"))
            }
            "sPre" => format!("{{}}_{}^{}{}", self.part(node, "sub"), self.part(node, "sup"), self.part(node, "e")),
            "nary" => {
                let sign = property("naryPr", "chr").unwrap_or_else(|| "∫".to_owned());
                let mut out = symbols(&sign).trim_end().to_owned();
                if property("naryPr", "limLoc").as_deref() == Some("undOvr") && sign == "∫" {
                    out.push_str("\\limits");
                }
                for (name, mark) in [("sub", "_"), ("sup", "^")] {
                    let part = self.part(node, name);
                    if part != "{}" {
                        out.push_str(mark);
                        out.push_str(&part);
                    }
                }
                format!("{out} {}", self.part(node, "e"))
            }
            "d" => self.delimited(node),
            "func" => {
                let name = child(node, "fName").map(|name| self.inside(name)).unwrap_or_default();
                format!("{} {}", name.trim_end(), self.part(node, "e"))
            }
            "limLow" => self.limit(node, "_"),
            "limUpp" => self.limit(node, "^"),
            "acc" => {
                let sign = property("accPr", "chr").unwrap_or_else(|| "\u{302}".to_owned());
                let command = match sign.chars().next() {
                    Some('\u{302}' | '^' | 'ˆ') => "\\hat",
                    Some('\u{303}' | '~' | '˜') => "\\tilde",
                    Some('\u{304}' | '\u{305}' | '¯') => "\\bar",
                    Some('\u{307}' | '˙') => "\\dot",
                    Some('\u{308}' | '¨') => "\\ddot",
                    Some('\u{20D7}' | '→') => "\\vec",
                    Some('\u{301}' | '´') => "\\acute",
                    Some('\u{300}' | '`') => "\\grave",
                    Some('\u{306}' | '˘') => "\\breve",
                    Some('\u{30C}' | 'ˇ') => "\\check",
                    _ => {
                        self.lossy = true;
                        ""
                    }
                };
                format!("{command}{}", self.part(node, "e"))
            }
            "bar" => {
                let top = property("barPr", "pos").as_deref() == Some("top");
                format!("{}{}", if top { "\\overline" } else { "\\underline" }, self.part(node, "e"))
            }
            "groupChr" => {
                let above = property("groupChrPr", "pos").as_deref() == Some("top");
                let base = self.part(node, "e");
                match property("groupChrPr", "chr").as_deref().unwrap_or("⏟") {
                    "⏟" | "⏞" => format!("{}{base}", if above { "\\overbrace" } else { "\\underbrace" }),
                    "→" => format!("\\overrightarrow{base}"),
                    "←" => format!("\\overleftarrow{base}"),
                    _ => {
                        self.lossy = true;
                        base
                    }
                }
            }
            "box" | "phant" => self.part(node, "e"),
            "borderBox" => format!("\\boxed{}", self.part(node, "e")),
            "m" => {
                let rows: Vec<String> = children(node, "mr")
                    .map(|row| {
                        let cells: Vec<String> =
                            row.children().filter(|cell| is(*cell, "e")).map(|cell| self.inside(cell)).collect();
                        cells.join(" & ")
                    })
                    .collect();
                format!("\\begin{{matrix}}{}\\end{{matrix}}", rows.join(" \\\\ "))
            }
            "eqArr" => {
                let rows: Vec<String> = node
                    .children()
                    .filter(|row| is(*row, "e"))
                    .map(|row| self.inside(row).replace("\\&", "&"))
                    .collect();
                format!("\\begin{{aligned}}{}\\end{{aligned}}", rows.join(" \\\\ "))
            }
            // Words deleted by a tracked change.
            "del" | "moveFrom" => {
                self.lossy = true;
                String::new()
            }
            "oMath" | "e" | "num" | "den" | "sub" | "sup" | "deg" | "fName" | "lim" | "ins" | "moveTo" | "smartTag"
            | "sdt" | "sdtContent" | "hyperlink" | "AlternateContent" | "Choice" => self.inside(node),
            "Fallback" | "bookmarkStart" | "bookmarkEnd" | "proofErr" => String::new(),
            _ => {
                let inner = self.inside(node);
                self.lossy |= !inner.trim().is_empty();
                inner
            }
        }
    }

    fn delimited(&mut self, node: Node<'_, '_>) -> String {
        let properties = child(node, "dPr");
        let sign = |name: &str, usual: &str| {
            let given = properties.and_then(|properties| child(properties, name));
            given.map_or_else(|| usual.to_owned(), |given| attribute(given, "val").unwrap_or_default().to_owned())
        };
        let (begin, between, end) = (sign("begChr", "("), sign("sepChr", "|"), sign("endChr", ")"));
        let parts: Vec<String> = node.children().filter(|part| is(*part, "e")).map(|part| self.inside(part)).collect();
        // A fraction without a bar in parentheses is a binomial coefficient as a whole.
        if let ([part], "(", ")") = (parts.as_slice(), begin.as_str(), end.as_str())
            && part.trim().starts_with("\\binom")
            && node.descendants().filter(|inner| is(*inner, "f")).count() == 1
            && child(node, "e").is_some_and(|base| base.children().filter(|inner| is(*inner, "r")).count() == 0)
        {
            return part.trim().to_owned();
        }
        let between = format!(" {} ", if between == "|" { "\\middle|".to_owned() } else { symbols(&between) });
        format!("\\left{}{}\\right{} ", delimiter(&begin), parts.join(&between), delimiter(&end))
    }

    fn limit(&mut self, node: Node<'_, '_>, mark: &str) -> String {
        let base = child(node, "e").map(|base| self.inside(base)).unwrap_or_default();
        let limit = self.part(node, "lim");
        let base = base.trim();
        if base.starts_with('\\') && base[1..].bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return format!("{base}{mark}{limit}");
        }
        let command = if mark == "_" { "\\underset" } else { "\\overset" };
        format!("{command}{limit}{{{base}}}")
    }
}

/// The letters of a run: names of functions upright, words as text.
fn run(node: Node<'_, '_>) -> String {
    let letters = words(node, "t");
    let properties = child(node, "rPr");
    let upright = properties
        .is_some_and(|properties| value(properties, "sty") == Some("p") || switch(properties, "nor") == Some(true));
    let words = letters.trim();
    if FUNCTIONS.contains(&words) {
        return format!("\\{words} ");
    }
    let is_word = words.chars().count() > 1 && words.chars().all(|c| c.is_alphabetic() || c.is_whitespace());
    // What is not Latin or Greek is words in any case.
    let foreign = words.chars().any(|c| ('\u{0590}'..'\u{2000}').contains(&c));
    if foreign || (upright && is_word) {
        return format!("\\text{{{}}}", text(&letters));
    }
    symbols(&letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latex(inside: &str) -> String {
        let xml = format!("<m:oMath xmlns:m=\"m\">{}</m:oMath>", inside.replace("<", "<m:").replace("<m:/", "</m:"));
        let document = roxmltree::Document::parse(&xml).expect("it is well-formed");
        tex(document.root_element()).tex
    }

    #[test]
    fn formulas_are_latex() {
        let r = |letters: &str| format!("<r><t>{letters}</t></r>");
        let cases = [
            (format!("<f><num>{}</num><den>{}</den></f>", r("a"), r("2b")), "\\frac{a}{2b}"),
            (format!("<sSup><e>{}</e><sup>{}</sup></sSup>{}", r("x"), r("2"), r("+1≤α")), "{x}^{2}+1\\le \\alpha"),
            (format!("<rad><radPr><degHide m:val=\"1\"/></radPr><deg/><e>{}</e></rad>", r("y")), "\\sqrt{y}"),
            (format!("<rad><deg>{}</deg><e>{}</e></rad>", r("3"), r("y")), "\\sqrt[3]{y}"),
            (
                format!(
                    "<nary><naryPr><chr m:val=\"∑\"/></naryPr><sub>{}</sub><sup>{}</sup><e>{}</e></nary>",
                    r("i=1"),
                    r("n"),
                    r("i")
                ),
                "\\sum_{i=1}^{n} {i}",
            ),
            (format!("<d><e>{}</e></d>", r("a")), "\\left(a\\right)"),
            (
                format!("<d><dPr><begChr m:val=\"[\"/><endChr m:val=\"\"/></dPr><e>{}</e></d>", r("a")),
                "\\left[a\\right.",
            ),
            (format!("<func><fName>{}</fName><e>{}</e></func>", r("sin"), r("x")), "\\sin {x}"),
            (
                format!(
                    "<func><fName><limLow><e>{}</e><lim>{}</lim></limLow></fName><e>{}</e></func>",
                    r("lim"),
                    r("x→0"),
                    r("x")
                ),
                "\\lim_{x\\to 0} {x}",
            ),
            (
                format!(
                    "<m><mr><e>{}</e><e>{}</e></mr><mr><e>{}</e><e>{}</e></mr></m>",
                    r("1"),
                    r("0"),
                    r("0"),
                    r("1")
                ),
                "\\begin{matrix}1 & 0 \\\\ 0 & 1\\end{matrix}",
            ),
            (r("वेग = 50%"), "\\text{वेग = 50\\%}"),
            (r("𝑥&lt;𝐴"), "x\\lt A"),
        ];
        for (xml, expected) in cases {
            assert_eq!(latex(&xml), expected, "{xml}");
        }
    }
}
