//! MathML (MathML Core, and what MathML 3 has beside it) to LaTeX.

use super::tree::{Index, Tree};
use crate::latex::{FUNCTIONS, delimiter, symbols, text};

/// Formulas stand in formulas no deeper than this.
const DEEPEST: usize = 64;

/// A formula in LaTeX.
pub(super) struct Tex {
    pub tex: String,
    /// Whether a part of it has no form in LaTeX, and its letters alone were kept.
    pub lossy: bool,
}

/// The LaTeX of a `math` element; empty where there is nothing in it.
pub(super) fn tex(tree: &Tree, math: Index) -> Tex {
    let mut writer = Writer { tree, lossy: false, depth: 0 };
    let tex = writer.inside(math);
    Tex { tex: tex.split_whitespace().collect::<Vec<_>>().join(" "), lossy: writer.lossy }
}

struct Writer<'t> {
    tree: &'t Tree,
    lossy: bool,
    depth: usize,
}

impl Writer<'_> {
    fn name(&self, index: Index) -> &str {
        self.tree.element(index).map_or("", |element| &*element.name)
    }

    /// The elements inside an element, without those that only say something of it.
    fn elements(&self, index: Index) -> Vec<Index> {
        let said =
            |child: &Index| matches!(self.name(*child), "annotation" | "annotation-xml" | "maligngroup" | "malignmark");
        self.tree.children(index).filter(|child| self.tree.element(*child).is_some() && !said(child)).collect()
    }

    /// All letters inside an element.
    fn letters(&self, index: Index) -> String {
        let words: String = self.tree.inside(index).filter_map(|inner| self.tree.text(inner)).collect();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn inside(&mut self, index: Index) -> String {
        if self.depth >= DEEPEST {
            self.lossy = true;
            return symbols(&self.letters(index));
        }
        self.depth += 1;
        let mut out = String::new();
        for child in self.tree.children(index) {
            match self.tree.text(child) {
                Some(words) if !words.trim().is_empty() => out.push_str(&symbols(words.trim())),
                Some(_) => {}
                None if self.tree.element(child).is_some() => out.push_str(&self.element(child)),
                None => {}
            }
        }
        self.depth -= 1;
        out
    }

    fn one(&mut self, index: Index) -> String {
        if self.depth >= DEEPEST {
            self.lossy = true;
            return symbols(&self.letters(index));
        }
        self.depth += 1;
        let out = self.element(index);
        self.depth -= 1;
        out.trim().to_owned()
    }

    /// The parts of an element that has a fixed number of them; `None` where it has another, and its letters alone are kept.
    fn parts<const N: usize>(&mut self, index: Index) -> Option<[String; N]> {
        let elements = self.elements(index);
        let parts = <[Index; N]>::try_from(elements).ok()?;
        Some(parts.map(|part| self.one(part)))
    }

    fn element(&mut self, index: Index) -> String {
        let name = self.name(index).to_owned();
        match name.as_str() {
            "mi" => identifier(&self.letters(index)),
            "mn" => symbols(&self.letters(index)),
            "mo" => {
                let sign = self.letters(index);
                if FUNCTIONS.contains(&&*sign) { format!("\\{sign} ") } else { symbols(&sign) }
            }
            "mtext" | "ms" => {
                let words = self.letters(index);
                if words.is_empty() { " ".to_owned() } else { format!("\\text{{{}}}", text(&words)) }
            }
            "mspace" => " ".to_owned(),
            "none" | "mprescripts" | "mphantom" | "annotation" | "annotation-xml" => String::new(),
            "semantics" | "maction" => {
                let first = self.elements(index).first().copied();
                first.map(|first| self.one(first)).unwrap_or_default()
            }
            "mfrac" => self.fraction(index),
            "msqrt" => format!("\\sqrt{{{}}}", self.inside(index).trim()),
            "mroot" => match self.parts(index) {
                Some([base, degree]) => format!("\\sqrt[{degree}]{{{base}}}"),
                None => self.unknown(index),
            },
            "msup" => match self.parts(index) {
                Some([base, up]) => format!("{}^{{{up}}}", held(&base)),
                None => self.unknown(index),
            },
            "msub" => match self.parts(index) {
                Some([base, down]) => format!("{}_{{{down}}}", held(&base)),
                None => self.unknown(index),
            },
            "msubsup" => match self.parts(index) {
                Some([base, down, up]) => format!("{}_{{{down}}}^{{{up}}}", held(&base)),
                None => self.unknown(index),
            },
            "mover" => match self.parts(index) {
                Some([base, above]) => self.over(&base, &above),
                None => self.unknown(index),
            },
            "munder" => match self.parts(index) {
                Some([base, below]) => self.under(&base, &below),
                None => self.unknown(index),
            },
            "munderover" => match self.parts(index) {
                Some([base, below, above]) if takes_limits(&base) => format!("{base}_{{{below}}}^{{{above}}}"),
                Some([base, below, above]) => {
                    let inner = self.under(&base, &below);
                    self.over(&inner, &above)
                }
                None => self.unknown(index),
            },
            "mmultiscripts" => self.scripts(index),
            "mfenced" => self.fenced(index),
            "mtable" => self.table(index),
            "menclose" => {
                let inner = self.inside(index);
                let inner = inner.trim();
                match self.tree.attribute(index, "notation").unwrap_or("longdiv") {
                    "box" | "roundedbox" => format!("\\boxed{{{inner}}}"),
                    "radical" => format!("\\sqrt{{{inner}}}"),
                    "top" => format!("\\overline{{{inner}}}"),
                    "bottom" => format!("\\underline{{{inner}}}"),
                    _ => {
                        self.lossy = true;
                        inner.to_owned()
                    }
                }
            }
            "math" | "mrow" | "mstyle" | "mpadded" | "mtd" => self.inside(index),
            _ => self.unknown(index),
        }
    }

    fn unknown(&mut self, index: Index) -> String {
        let inner = self.inside(index);
        self.lossy |= !inner.trim().is_empty();
        inner
    }

    fn fraction(&mut self, index: Index) -> String {
        let Some([top, below]) = self.parts(index) else { return self.unknown(index) };
        let thickness = self.tree.attribute(index, "linethickness").unwrap_or_default().trim();
        let digits: String = thickness.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        // Without a rule it is one over the other, as in the parentheses of a binomial coefficient.
        if digits.parse::<f32>().is_ok_and(|thickness| thickness == 0.0) {
            return format!("\\begin{{matrix}}{top} \\\\ {below}\\end{{matrix}}");
        }
        format!("\\frac{{{top}}}{{{below}}}")
    }

    fn over(&mut self, base: &str, above: &str) -> String {
        if takes_limits(base) {
            return format!("{base}^{{{above}}}");
        }
        let one = base.chars().count() == 1;
        let command = match above {
            "^" | "ˆ" | "\u{302}" => {
                if one {
                    "hat"
                } else {
                    "widehat"
                }
            }
            "~" | "˜" | "∼" | "\u{303}" => {
                if one {
                    "tilde"
                } else {
                    "widetilde"
                }
            }
            "¯" | "‾" | "\u{304}" | "\u{305}" | "-" => "overline",
            "\\to" | "\u{20D7}" => {
                if one {
                    "vec"
                } else {
                    "overrightarrow"
                }
            }
            "\\leftarrow" => "overleftarrow",
            "." | "˙" | "\u{307}" => "dot",
            ".." | "¨" | "\u{308}" => "ddot",
            "⏞" => "overbrace",
            _ => return format!("\\overset{{{above}}}{{{base}}}"),
        };
        format!("\\{command}{{{base}}}")
    }

    fn under(&mut self, base: &str, below: &str) -> String {
        if takes_limits(base) {
            return format!("{base}_{{{below}}}");
        }
        match below {
            "\\_" | "¯" | "\u{332}" | "-" => format!("\\underline{{{base}}}"),
            "⏟" => format!("\\underbrace{{{base}}}"),
            _ => format!("\\underset{{{below}}}{{{base}}}"),
        }
    }

    /// A base with scripts on both sides: those after it, `mprescripts`, those before it, each below and above by turns.
    fn scripts(&mut self, index: Index) -> String {
        let elements = self.elements(index);
        let Some((base, scripts)) = elements.split_first() else { return String::new() };
        let at = scripts.iter().position(|script| self.name(*script) == "mprescripts").unwrap_or(scripts.len());
        let (after, before) = (&scripts[..at], scripts.get(at + 1..).unwrap_or_default());
        let before = self.pairs(before);
        let base = self.one(*base);
        let after = self.pairs(after);
        let before = if before.is_empty() { before } else { format!("{{}}{before}") };
        format!("{before}{}{after}", held(&base))
    }

    fn pairs(&mut self, scripts: &[Index]) -> String {
        let mut out = String::new();
        let [mut below, mut above] = [String::new(), String::new()];
        for pair in scripts.chunks(2) {
            below.push_str(&self.one(pair[0]));
            above.push_str(&pair.get(1).map(|script| self.one(*script)).unwrap_or_default());
        }
        for (mark, script) in [('_', below), ('^', above)] {
            if !script.is_empty() {
                out.push_str(&format!("{mark}{{{script}}}"));
            }
        }
        out
    }

    fn fenced(&mut self, index: Index) -> String {
        let attribute = |name: &str, usual: &str| {
            self.tree
                .attribute(index, name)
                .map_or_else(|| usual.to_owned(), |given| given.split_whitespace().collect())
        };
        let (open, close, between) = (attribute("open", "("), attribute("close", ")"), attribute("separators", ","));
        let parts: Vec<String> = self.elements(index).into_iter().map(|part| self.one(part)).collect();
        let mut inside = String::new();
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                let sign = between.chars().nth(at - 1).or(between.chars().last());
                inside.push_str(&sign.map(|sign| symbols(&sign.to_string())).unwrap_or_default());
                inside.push(' ');
            }
            inside.push_str(part);
        }
        format!("\\left{}{inside}\\right{} ", delimiter(&open), delimiter(&close))
    }

    fn table(&mut self, index: Index) -> String {
        let mut rows = Vec::new();
        for row in self.elements(index) {
            let mut cells = self.elements(row);
            match self.name(row) {
                "mtr" => {}
                // The first cell is the number of the line.
                "mlabeledtr" if !cells.is_empty() => {
                    cells.remove(0);
                    self.lossy = true;
                }
                _ => self.lossy = true,
            }
            let cells: Vec<String> = cells.into_iter().map(|cell| self.one(cell)).collect();
            rows.push(cells.join(" & "));
        }
        format!("\\begin{{matrix}}{}\\end{{matrix}}", rows.join(" \\\\ "))
    }
}

/// A letter, the name of a function, or words.
fn identifier(letters: &str) -> String {
    if FUNCTIONS.contains(&letters) {
        return format!("\\{letters} ");
    }
    let foreign = letters.chars().any(|c| ('\u{0590}'..'\u{2000}').contains(&c));
    let is_word = letters.chars().count() > 1 && letters.chars().all(|c| c.is_alphabetic() || c.is_whitespace());
    if foreign || is_word { format!("\\text{{{}}}", text(letters)) } else { symbols(letters) }
}

/// The base of a script, in braces where it is more than one letter.
fn held(base: &str) -> String {
    let is_command = base.strip_prefix('\\').is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let one = base.chars().count() == 1 && !matches!(base, "^" | "_");
    if one || is_command { base.to_owned() } else { format!("{{{base}}}") }
}

/// Whether what stands below and above is its limits.
fn takes_limits(base: &str) -> bool {
    const SIGNS: [&str; 13] =
        ["sum", "prod", "int", "iint", "iiint", "oint", "bigcup", "bigcap", "lim", "max", "min", "det", "gcd"];
    base.strip_prefix('\\').is_some_and(|name| SIGNS.contains(&name))
}
