//! Runs of words, and what stands among them: pictures, formulas, fields, notes.

use patra_core::{Code, Diagnostic, Span, noun, phrase};

use super::body::{Reader, flattened, left_out};
use super::field::Field;
use super::line::{Mark, escaped};
use super::math::tex;
use super::paragraph::{Open, unshown};
use super::style::Look;
use super::symbol::{is_symbol_font, symbol};
use super::xml::{Node, attribute, child, children, is, words};
use crate::legacy::is_kruti_dev;

/// Links and fields stand in one another no deeper than this; of what is deeper the words are kept.
const DEEPEST: usize = 16;

impl<'d> Reader<'d> {
    /// The look of a run.
    pub(super) fn look(&self, run: Node<'_, '_>, paragraph: &Look) -> Look {
        let properties = child(run, "rPr");
        let own = Look::of(properties);
        let style = properties.and_then(|properties| super::xml::value(properties, "rStyle"));
        let own = match style {
            Some(style) => own.or(&self.styles.resolve(Some(style)).look),
            None => own,
        };
        own.or(paragraph).or(&self.styles.base)
    }

    /// Reads the words inside a paragraph, a link or a field.
    pub(super) fn inline(
        &mut self,
        node: Node<'d, 'd>,
        look: &Look,
        link: Option<&str>,
        open: &mut Open<'d>,
        depth: usize,
    ) {
        if depth >= DEEPEST {
            let words = words(node, "t");
            open.line.put(&words, &Mark::default());
            return;
        }
        for part in flattened(node) {
            match part.tag_name().name() {
                "r" if is_math(part) => {}
                "r" => self.run(part, look, link, open),
                "hyperlink" => {
                    let target = attribute(part, "id").and_then(|id| self.links.get(id)).filter(|link| link.external);
                    let target = target.map(|link| link.target.clone());
                    self.inline(part, look, target.as_deref().or(link), open, depth + 1);
                }
                "fldSimple" => {
                    let instruction = attribute(part, "instr").unwrap_or_default().to_owned();
                    let field = Field { instruction, shown: true };
                    let target = field.link();
                    self.fields.push(field);
                    self.inline(part, look, target.as_deref().or(link), open, depth + 1);
                    self.fields.pop();
                }
                // What `moveFrom` holds comes in at its new place.
                "del" => {
                    let gone = words(part, "delText") + &words(part, "t");
                    open.deleted.push_str(&gone);
                    open.deleted.push(' ');
                }
                "oMathPara" => {
                    let formulas: Vec<_> = part.children().filter(|inner| is(*inner, "oMath")).collect();
                    formulas.into_iter().for_each(|formula| self.formula(formula, true, open));
                }
                "oMath" => self.formula(part, false, open),
                _ => {}
            }
        }
    }

    /// Adds a formula.
    pub(super) fn formula(&mut self, node: Node<'_, '_>, block: bool, open: &mut Open<'d>) {
        let formula = tex(node);
        if formula.tex.is_empty() {
            return;
        }
        if formula.lossy {
            let message = phrase!("a part of the formula `{$tex}` has no form in LaTeX", tex = formula.tex.clone());
            open.diagnostics.push(Diagnostic::new(Code::KeptAsText, Span::NONE, message));
        }
        let kind = if block { "math/tex; mode=display" } else { "math/tex" };
        // Nothing in LaTeX needs a closing tag.
        let tex = formula.tex.replace("</", "< /");
        open.line.element(&format!("<script type=\"{kind}\">{tex}</script>"));
        open.line.formulas = true;
    }

    fn run(&mut self, run: Node<'d, 'd>, paragraph: &Look, link: Option<&str>, open: &mut Open<'d>) {
        let look = self.look(run, paragraph);
        for part in flattened(run) {
            let name = part.tag_name().name();
            // The instruction of a field is no text; what stands there is shown nowhere.
            let silent = self.fields.iter().any(|field| !field.shown);
            match name {
                "instrText" => {
                    if let Some(field) = self.fields.last_mut().filter(|field| !field.shown) {
                        field.instruction.push_str(part.text().unwrap_or_default());
                    }
                }
                "fldChar" => self.field(attribute(part, "fldCharType").unwrap_or_default(), open),
                _ if silent => {}
                "t" => self.words(part.text().unwrap_or_default(), &look, link, open),
                "tab" | "ptab" => self.words("\t", &look, link, open),
                "noBreakHyphen" => self.words("\u{2011}", &look, link, open),
                "cr" => open.line.break_line(),
                "br" => match attribute(part, "type") {
                    Some("page" | "column") => {
                        self.page_break();
                        open.line.put(" ", &Mark::default());
                    }
                    _ => open.line.break_line(),
                },
                "sym" => {
                    let font = attribute(part, "font").unwrap_or_default();
                    let code = attribute(part, "char").and_then(|code| u32::from_str_radix(code, 16).ok());
                    self.symbol(font, code.unwrap_or(0), &look, link, open);
                }
                "delText" => open.deleted.push_str(part.text().unwrap_or_default()),
                "footnoteReference" => self.refer(0, part, link, open),
                "endnoteReference" => self.refer(1, part, link, open),
                "commentReference" => self.comment(part, open),
                "drawing" | "pict" | "object" => self.drawing(part, open),
                "ruby" => {
                    for (name, marks) in [("rubyBase", ("", "")), ("rt", (" (", ")"))] {
                        let inner = child(part, name).map(|inner| words(inner, "t")).unwrap_or_default();
                        if !inner.is_empty() {
                            self.words(&format!("{}{inner}{}", marks.0, marks.1), &look, link, open);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn field(&mut self, kind: &str, open: &mut Open<'d>) {
        match kind {
            "begin" if self.fields.len() < 64 => self.fields.push(Field::default()),
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.shown = true;
                }
            }
            "end" => {
                let Some(field) = self.fields.pop().filter(|field| field.name() == "EQ") else { return };
                if let Some(tex) = field.fraction() {
                    open.line.element(&format!("<script type=\"math/tex\">{tex}</script>"));
                    open.line.formulas = true;
                } else if !field.shown {
                    let instruction = field.instruction.trim();
                    open.line.put(instruction, &Mark::default());
                    let message =
                        phrase!("the formula of the field `{$instruction}` is kept as it is written", instruction);
                    open.diagnostics.push(Diagnostic::new(Code::KeptAsText, Span::NONE, message));
                }
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str, look: &Look, link: Option<&str>, open: &mut Open<'d>) {
        if look.hidden == Some(true) {
            open.hidden.push_str(words);
            return;
        }
        if let Some(font) = look.font.as_deref().filter(|font| is_symbol_font(font)) {
            words.chars().for_each(|c| match c {
                ' ' | '\t' => open.line.put(" ", &Mark::default()),
                c if (c as u32) < 0x100 || (0xF000..=0xF0FF).contains(&(c as u32)) => {
                    self.symbol(font, c as u32, look, link, open);
                }
                c => self.plain(&c.to_string(), look, link, open),
            });
            return;
        }
        self.plain(words, look, link, open);
    }

    fn plain(&mut self, words: &str, look: &Look, link: Option<&str>, open: &mut Open<'d>) {
        if !words.trim().is_empty() {
            let size = look.size.unwrap_or(20);
            open.smallest = Some(open.smallest.map_or(size, |smallest| smallest.min(size)));
            if look.highlight == Some(true) {
                open.lost.push(noun!("a highlight"));
            }
        }
        let field = self.fields.iter().rev().find_map(Field::link);
        let mark = Mark {
            strong: look.bold == Some(true) && self.headed == 0,
            emphasis: look.italic == Some(true),
            link: field.or_else(|| link.map(str::to_owned)),
            language: self.language(words, look),
            strike: look.strike == Some(true),
            raised: look.raised.flatten(),
            ..Mark::default()
        };
        if look.font.as_deref().is_some_and(is_kruti_dev)
            && words.chars().all(|c| !('\u{900}'..'\u{2000}').contains(&c))
        {
            open.line.put_legacy(words, &mark);
            return;
        }
        open.line.put(words, &mark);
    }

    /// The language of words, if the run names another than the document does.
    fn language(&self, words: &str, look: &Look) -> Option<String> {
        let complex = words.chars().find(|c| c.is_alphabetic()).is_some_and(|c| c >= '\u{370}');
        let at = usize::from(complex);
        let (own, usual) = (look.languages[at].as_deref()?, self.styles.base.languages[at].as_deref()?);
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
        (primary(own) != primary(usual) && own != "x-none").then(|| own.to_owned())
    }

    fn symbol(&mut self, font: &str, code: u32, look: &Look, link: Option<&str>, open: &mut Open<'d>) {
        if let Some(c) = symbol(font, code) {
            self.plain(&c.to_string(), look, link, open);
            return;
        }
        let named = format!("[{font} {code:04X}]");
        open.line.put(&named, &Mark::default());
        let message = phrase!(
            "no character is known for the sign {$code} of the font {$font}",
            code = format!("{code:04X}"),
            font
        );
        open.diagnostics.push(Diagnostic::new(Code::KeptAsText, Span::NONE, message));
    }

    /// Refers to a footnote (0) or an endnote (1).
    fn refer(&mut self, kind: usize, node: Node<'d, 'd>, link: Option<&str>, open: &mut Open<'d>) {
        if self.found.is_empty() {
            for (root, _) in &self.asides {
                let notes = root.iter().flat_map(|root| root.children());
                self.found.push(notes.filter_map(|note| Some((attribute(note, "id")?, note))).collect());
            }
        }
        let Some(id) = attribute(node, "id") else { return };
        let count = self.referred.iter().filter(|(known, ..)| *known == kind).count() + 1;
        // A mark of the author's own is written in the same run.
        let own = node.parent().map(|run| words(run, "t").trim().to_owned()).filter(|own| !own.is_empty());
        let mark = match attribute(node, "customMarkFollows") {
            Some("1" | "true" | "on") if own.is_some() => {
                self.referred.push((kind, id, own.unwrap_or_default()));
                return;
            }
            _ if kind == 0 => count.to_string(),
            _ => format!("{}{count}", if self.referred.iter().any(|(known, ..)| *known == 0) { "e" } else { "" }),
        };
        open.line.put(&format!("[{mark}]"), &Mark { link: link.map(str::to_owned), ..Mark::default() });
        self.referred.push((kind, id, mark));
    }

    fn comment(&mut self, node: Node<'d, 'd>, open: &mut Open<'d>) {
        let Some(root) = self.asides.get(2).and_then(|(root, _)| *root) else { return };
        let id = attribute(node, "id");
        let Some(comment) = children(root, "comment").find(|comment| attribute(*comment, "id") == id) else { return };
        let author = attribute(comment, "author").unwrap_or_default();
        open.diagnostics.push(left_out(phrase!("a comment by {$author}", author), &words(comment, "t")));
    }

    /// A drawing: pictures, text boxes, or what can't be shown.
    fn drawing(&mut self, node: Node<'d, 'd>, open: &mut Open<'d>) {
        let mut stack: Vec<Node<'d, 'd>> = vec![node];
        let mut alt = String::new();
        let mut any = false;
        while let Some(node) = stack.pop() {
            match node.tag_name().name() {
                "docPr" | "shape" | "cNvPr" => {
                    let said = ["descr", "alt", "title"].iter().find_map(|name| attribute(node, name));
                    if let Some(said) = said.filter(|said| !said.trim().is_empty()) {
                        alt = said.to_owned();
                    }
                }
                "AlternateContent" => {
                    stack.extend(child(node, "Choice").or_else(|| child(node, "Fallback")));
                    continue;
                }
                "txbxContent" => {
                    open.boxes.push(node);
                    any = true;
                    continue;
                }
                "blip" | "imagedata" => {
                    any = true;
                    let id = ["embed", "id", "link"].iter().find_map(|name| attribute(node, name)).unwrap_or_default();
                    self.picture(id, &alt, open);
                    // A vector picture beside it is the same picture.
                    continue;
                }
                "chart" | "relIds" | "OLEObject" | "control" => any = true,
                _ => {}
            }
            stack.extend(node.children().rev().filter(Node::is_element));
        }
        if !any && !alt.is_empty() {
            open.line.put(&alt, &Mark::default());
            open.diagnostics.push(unshown(phrase!("a drawing can't be shown, so its alternative text stands for it")));
        } else if !any {
            open.diagnostics.push(unshown(phrase!("a drawing of lines and shapes was left out")));
        }
    }

    fn picture(&mut self, id: &str, alt: &str, open: &mut Open<'d>) {
        let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(link) = self.links.get(id) else {
            open.line.put(&alt, &Mark::default());
            open.diagnostics
                .push(unshown(phrase!("a picture is not in the document, so its alternative text stands for it")));
            return;
        };
        if link.external {
            open.line.element(&format!("<img src=\"{}\" alt=\"{}\">", escaped(&link.target), escaped(&alt)));
            open.line.pictures = true;
            return;
        }
        let ending = link.target.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let ending = match ending.as_str() {
            "jpeg" | "jpe" => "jpg",
            "png" | "jpg" | "gif" | "webp" | "svg" => ending.as_str(),
            _ => {
                let said = if alt.is_empty() { String::new() } else { format!("[{alt}]") };
                open.line.put(&said, &Mark::default());
                let message =
                    phrase!("the picture `{$name}` is in a form that patra can't show", name = link.target.clone());
                open.diagnostics.push(unshown(message));
                return;
            }
        };
        let number = self.pictures.len() + 1;
        let name = self.pictures.entry(link.target.clone()).or_insert_with(|| {
            let safe: String = self
                .name
                .chars()
                .map(|c| if c.is_alphanumeric() || c == '_' || is_mark(c) { c } else { '-' })
                .take(60)
                .collect();
            format!("media/{safe}-{number}.{ending}")
        });
        let html = format!("<img src=\"{}\" alt=\"{}\">", escaped(name), escaped(&alt));
        open.line.element(&html);
        open.line.pictures = true;
    }

    /// The place that is written next.
    pub(super) fn here(&self) -> Span {
        Span::NONE
    }
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Whether a run is one of a formula.
fn is_math(node: Node<'_, '_>) -> bool {
    node.tag_name().namespace().is_some_and(|name| name.ends_with("/math"))
}
