//! The blocks of a document, in their order, as a page of HTML.

use std::collections::BTreeMap;

use patra_core::{Code, Diagnostic, Phrase, Span, noun, phrase};

use super::field::Field;
use super::line::escaped;
use super::numbering::{Kind, Label, Numbering};
use super::package::Relationship;
use super::paragraph::Open;
use super::properties::Properties;
use super::style::Styles;
use super::xml::{Node, attribute, child, is, value, words};
use crate::notes::Notes;

/// Tables and text boxes stand in one another no deeper than this; of what is deeper the words are kept.
const DEEPEST: usize = 24;

/// Words of a part that is left out are shown up to here.
const SHOWN: usize = 12;

/// The footnotes, the endnotes and the comments of a document, each by its id, and what they name.
pub(super) type Aside<'d> = (Option<Node<'d, 'd>>, &'d BTreeMap<String, Relationship>);

/// What a paragraph becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Words,
    Title,
    /// A heading and its level, from 1.
    Heading(u8),
    Quote,
    Code,
    Caption,
    /// An item of a list at a level from 0.
    Item(u8, Label),
}

/// A paragraph that is done.
#[derive(Clone, Debug)]
pub(super) struct Done {
    pub form: Form,
    pub html: String,
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the parts of a document into a page.
pub(super) struct Reader<'d> {
    html: String,
    pub notes: Notes,
    pub styles: Styles,
    pub numbering: Numbering,
    /// What the part that is read names.
    pub links: &'d BTreeMap<String, Relationship>,
    /// The footnotes, the endnotes, the comments.
    pub asides: Vec<Aside<'d>>,
    pub found: Vec<BTreeMap<&'d str, Node<'d, 'd>>>,
    /// The footnotes and endnotes that are referred to, with their marks.
    pub referred: Vec<(usize, &'d str, String)>,
    /// The names of pictures, by their parts.
    pub pictures: BTreeMap<String, String>,
    pub name: &'d str,
    pub fields: Vec<Field>,
    /// The size of most words, in half points.
    pub body_size: u32,
    /// Items that wait until their list is whole.
    list: Vec<Done>,
    code: Vec<Done>,
    /// Pictures that wait for a caption.
    pub figure: Option<Done>,
    /// A paragraph whose end is deleted.
    pub carried: Option<Open<'d>>,
    pub in_table: usize,
    pub headed: usize,
    depth: usize,
    page_breaks: usize,
    contents: usize,
    lossy: BTreeMap<&'static str, (usize, Span)>,
}

impl<'d> Reader<'d> {
    pub(super) fn new(
        styles: Styles,
        numbering: Numbering,
        links: &'d BTreeMap<String, Relationship>,
        name: &'d str,
    ) -> Self {
        let body_size = styles.body_size();
        Reader {
            html: String::new(),
            notes: Notes::default(),
            styles,
            numbering,
            links,
            asides: Vec::new(),
            found: Vec::new(),
            referred: Vec::new(),
            pictures: BTreeMap::new(),
            name,
            fields: Vec::new(),
            body_size,
            list: Vec::new(),
            code: Vec::new(),
            figure: None,
            carried: None,
            in_table: 0,
            headed: 0,
            depth: 0,
            page_breaks: 0,
            contents: 0,
            lossy: BTreeMap::new(),
        }
    }

    /// Writes the head of the page.
    pub(super) fn begin(&mut self, properties: &Properties, body: Node<'d, 'd>) {
        self.body_size = self.usual_size(body);
        let language = self.language_of(body);
        let head = properties.head(language.as_deref());
        self.html.push_str(&head);
    }

    /// The size that most letters have.
    fn usual_size(&self, body: Node<'d, 'd>) -> u32 {
        let mut letters: BTreeMap<u32, usize> = BTreeMap::new();
        let mut styles: BTreeMap<Option<&str>, u32> = BTreeMap::new();
        for paragraph in body.descendants().filter(|node| is(*node, "p")) {
            let id = child(paragraph, "pPr").and_then(|properties| value(properties, "pStyle"));
            let usual = *styles
                .entry(id)
                .or_insert_with(|| self.styles.resolve(id).look.size.or(self.styles.base.size).unwrap_or(20));
            for run in paragraph.children().filter(|node| is(*node, "r")) {
                let size = child(run, "rPr").and_then(|node| value(node, "sz")).and_then(|size| size.parse().ok());
                let count = run.children().filter(|node| is(*node, "t")).filter_map(|node| node.text()).map(str::len);
                *letters.entry(size.unwrap_or(usual)).or_default() += count.sum::<usize>();
            }
        }
        letters.into_iter().max_by_key(|(_, count)| *count).map_or(20, |(size, _)| size)
    }

    /// The language that the document's defaults name for the letters that most of it is in.
    fn language_of(&self, body: Node<'d, 'd>) -> Option<String> {
        let (mut latin, mut other) = (0_usize, 0_usize);
        for text in body.descendants().filter(|node| is(*node, "t")).filter_map(|node| node.text()).take(20_000) {
            for c in text.chars().filter(|c| c.is_alphabetic()) {
                *(if c < '\u{250}' { &mut latin } else { &mut other }) += 1;
            }
        }
        let normal = self.styles.resolve(None).look.or(&self.styles.base);
        let [for_latin, for_other] = normal.languages;
        // Word's own default for other letters is Arabic, whatever they are.
        let arabic = body.descendants().filter_map(|node| node.text()).any(|text| text.contains(['ا', 'ل', 'ی', 'ي']));
        let tag = if other > latin { for_other } else { for_latin }.filter(|tag| tag != "x-none");
        tag.filter(|tag| arabic || !tag.starts_with("ar"))
    }

    /// Writes what waits, the footnotes, and the end of the page.
    pub(super) fn end(&mut self) {
        self.close_all();
        let referred = std::mem::take(&mut self.referred);
        if let Some((kind, ..)) = referred.first() {
            let place = Span::new(self.html.len(), self.html.len());
            let what = if *kind == 0 { noun!("footnotes") } else { noun!("endnotes") };
            let message = phrase!(
                "{$what} come at the end of the text, with their numbers in square brackets",
                what = Phrase::from(what)
            );
            self.notes.push(Diagnostic::new(Code::KeptAsText, place, message));
        }
        let own = self.links;
        for (kind, id, mark) in referred {
            let Some(node) = self.found.get(kind).and_then(|found| found.get(id)).copied() else { continue };
            self.links = self.asides.get(kind).map_or(own, |(_, links)| *links);
            self.write(&format!("<div>[{mark}] "));
            self.blocks(node);
            self.close_all();
            self.write("</div>\n");
        }
        self.links = own;
        if self.page_breaks > 0 {
            let message = phrase!(
                "a page break was left out, since patra breaks pages itself"
                    | "{$count} page breaks were left out, since patra breaks pages itself",
                count = self.page_breaks
            );
            self.notes.push(Diagnostic::new(Code::BoilerplateLeftOut, Span::NONE, message));
        }
        if self.contents > 0 {
            let message = phrase!(
                "1 line of a table of contents was left out" | "{$count} lines of a table of contents were left out",
                count = self.contents
            );
            self.notes.push(Diagnostic::new(Code::BoilerplateLeftOut, Span::NONE, message));
        }
        for (what, (count, span)) in std::mem::take(&mut self.lossy) {
            let message = phrase!(
                "{$what} has no place in a material, so the words are kept without it"
                    | "{$what} has no place in a material, so the words are kept without it, in {$count} paragraphs",
                count,
                what = Phrase::from(what)
            );
            self.notes.push(Diagnostic::new(Code::KeptAsText, span, message));
        }
    }

    /// The page, and what is said of it.
    pub(super) fn finish(mut self) -> (String, Vec<Diagnostic>) {
        self.html.push_str("</body></html>\n");
        (self.html, self.notes.finish())
    }

    /// Writes HTML as it is, after what waits.
    pub(super) fn write(&mut self, html: &str) {
        self.close_all();
        self.html.push_str(html);
    }

    /// Counts a look that is lost in a paragraph.
    pub(super) fn lost(&mut self, what: &'static str) {
        let place = Span::new(self.html.len(), self.html.len());
        self.lossy.entry(what).or_insert((0, place)).0 += 1;
    }

    pub(super) fn page_break(&mut self) {
        self.page_breaks += 1;
    }

    pub(super) fn contents_line(&mut self) {
        self.contents += 1;
    }

    /// Reports a part that is left out, here.
    pub(super) fn left_out(&mut self, what: Phrase, words: &str) {
        let at = self.html.len();
        self.notes.push(Diagnostic { span: Span::new(at, at), ..left_out(what, words) });
    }

    /// Reports words that a tracked change deletes, here.
    pub(super) fn deleted(&mut self, words: &str) {
        if !words.trim().is_empty() {
            self.left_out(phrase!("what a tracked change deletes"), words);
        }
    }

    /// Reads the blocks inside an element.
    pub(super) fn blocks(&mut self, node: Node<'d, 'd>) {
        if self.depth >= DEEPEST {
            let deep = words(node, "t");
            let message = phrase!("tables or text boxes are nested too deep here, so their words are one paragraph");
            let html = escaped(&deep);
            let diagnostics = vec![Diagnostic::new(Code::KeptAsText, Span::NONE, message)];
            self.emit(Done { form: Form::Words, html, diagnostics });
            return;
        }
        self.depth += 1;
        for block in flattened(node) {
            match block.tag_name().name() {
                "p" => self.paragraph(block),
                "tbl" => self.table(block),
                // A table of contents, which patra makes anew.
                "sdt" => self.contents += block.descendants().filter(|node| is(*node, "p")).count(),
                "oMathPara" | "oMath" => self.formula_alone(block),
                "altChunk" => {
                    let message = phrase!("a document of another form within the document was left out");
                    let at = self.html.len();
                    self.notes.push(Diagnostic::new(Code::BoilerplateLeftOut, Span::new(at, at), message));
                }
                _ => {}
            }
        }
        self.end_carried();
        self.depth -= 1;
    }

    /// Writes a paragraph, or has it wait for what it belongs to.
    pub(super) fn emit(&mut self, done: Done) {
        match &done.form {
            Form::Item(..) => {
                self.close_code();
                self.close_figure(None);
                self.list.push(done);
            }
            Form::Code => {
                self.close_list();
                self.close_figure(None);
                self.code.push(done);
            }
            Form::Caption if self.figure.is_some() => self.close_figure(Some(done)),
            form => {
                let html = match form {
                    Form::Title => format!("<p class=\"MsoTitle\">{}</p>\n", done.html),
                    Form::Heading(level) => format!("<h{level}>{}</h{level}>\n", done.html),
                    Form::Quote => format!("<blockquote><p>{}</p></blockquote>\n", done.html),
                    _ => format!("<p>{}</p>\n", done.html),
                };
                self.close_all();
                self.push(&html, done.diagnostics);
            }
        }
    }

    /// Writes HTML, and reports what is said of it at its place.
    fn push(&mut self, html: &str, diagnostics: Vec<Diagnostic>) {
        let start = self.html.len();
        self.html.push_str(html);
        let span = Span::new(start, start + html.trim_end().len());
        self.notes.extend(diagnostics.into_iter().map(|diagnostic| Diagnostic { span, ..diagnostic }));
    }

    /// Writes all that waits.
    pub(super) fn close_all(&mut self) {
        self.close_list();
        self.close_code();
        self.close_figure(None);
    }

    fn close_figure(&mut self, caption: Option<Done>) {
        let Some(figure) = self.figure.take() else { return };
        let mut diagnostics = figure.diagnostics;
        let html = match caption {
            Some(caption) => {
                diagnostics.extend(caption.diagnostics);
                format!("<figure>{}<figcaption>{}</figcaption></figure>\n", figure.html, caption.html)
            }
            None => format!("<p>{}</p>\n", figure.html),
        };
        self.push(&html, diagnostics);
    }

    fn close_code(&mut self) {
        let lines = std::mem::take(&mut self.code);
        if lines.is_empty() {
            return;
        }
        let html: Vec<String> = lines.iter().map(|line| line.html.clone()).collect();
        let diagnostics = lines.into_iter().flat_map(|line| line.diagnostics).collect();
        self.push(&format!("<pre>{}</pre>\n", html.join("\n")), diagnostics);
    }

    /// Writes a list: as one, if all its labels are numbers or bullets that go on as those of a list do; as lines
    /// with their labels, if not, since the letters of a list of choices are what its answers name.
    fn close_list(&mut self) {
        let items = std::mem::take(&mut self.list);
        let whole = is_regular(&items);
        let mut last: BTreeMap<u8, u64> = BTreeMap::new();
        for item in items {
            let Form::Item(level, label) = item.form else { continue };
            let html = if whole {
                let number = number(&label);
                let begins = level == 0 && last.get(&0).is_some_and(|last| number.is_some_and(|n| n != last + 1));
                last.retain(|known, _| *known <= level);
                last.extend(number.map(|number| (level, number)));
                let (mark, level) = (if number.is_some() { label.text.as_str() } else { "•" }, level + 1);
                format!(
                    "{}<p class=\"MsoListParagraph\" style=\"mso-list:l0 level{level} lfo1\"><span \
                     style=\"mso-list:Ignore\">{}</span>{}</p>\n",
                    if begins { "<hr>" } else { "" },
                    escaped(mark),
                    item.html
                )
            } else {
                let mark = if label.kind == Kind::Bullet { "•" } else { label.text.as_str() };
                format!("<p>{} {}</p>\n", escaped(mark), item.html)
            };
            self.push(&html, item.diagnostics);
        }
    }

    /// Reports the words of a header or a footer.
    pub(super) fn margin(&mut self, root: Node<'_, '_>) {
        let found = words(root, "t");
        if found.chars().any(char::is_alphabetic) {
            let what =
                if is(root, "hdr") { phrase!("the head of each page") } else { phrase!("the foot of each page") };
            self.notes.push(left_out(what, &found));
        }
    }

    /// Reports the words of a chart, or of a drawing made of shapes.
    pub(super) fn drawn(&mut self, root: Node<'_, '_>) {
        let mut found = Vec::new();
        for node in root.descendants().filter(|node| is(*node, "t") || is(*node, "v")) {
            found.extend(node.text().map(str::trim).filter(|words| !words.is_empty()));
        }
        self.notes.push(left_out(phrase!("a chart or a drawing made of shapes"), &found.join(" ")));
    }
}

/// What is said of a part that is left out.
pub(super) fn left_out(what: Phrase, words: &str) -> Diagnostic {
    let mut shown: Vec<&str> = words.split_whitespace().collect();
    let count = shown.len();
    if count > SHOWN {
        shown.truncate(SHOWN);
        shown.push("…");
    }
    let message = phrase!(
        "1 word was left out, {$what}: `{$words}`" | "{$count} words were left out, {$what}: `{$words}`",
        count,
        what,
        words = shown.join(" ")
    );
    Diagnostic::new(Code::BoilerplateLeftOut, Span::NONE, message)
}

/// The number of a plain label.
fn number(label: &Label) -> Option<u64> {
    (label.kind == Kind::Plain).then(|| label.text.trim_end_matches(['.', ')', ':']).parse().ok()).flatten()
}

/// Whether the labels of a list are numbers and bullets that a list by itself would count in the same way.
fn is_regular(items: &[Done]) -> bool {
    let mut last: BTreeMap<u8, Option<u64>> = BTreeMap::new();
    let mut above = None;
    for item in items {
        let Form::Item(level, label) = &item.form else { return false };
        let number = number(label);
        if label.kind == Kind::Other || (number.is_none() && label.kind == Kind::Plain) {
            return false;
        }
        // A level that is skipped would be lost.
        if above.is_none_or(|above| *level > above + 1) && *level > 0 {
            return false;
        }
        last.retain(|known, _| known <= level);
        if let Some(before) = last.insert(*level, number)
            && *level > 0
            && before.map(|before| before + 1) != number
        {
            return false;
        }
        above = Some(*level);
    }
    true
}

/// The elements inside an element, without the wrappers that say something of them and show nothing. A table of contents
/// remains an `sdt`.
pub(super) fn flattened<'a, 'i>(node: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    let mut out = Vec::new();
    let mut stack: Vec<Node<'a, 'i>> = node.children().rev().filter(Node::is_element).collect();
    while let Some(node) = stack.pop() {
        let inner = match node.tag_name().name() {
            "sdt" if is_contents(node) => None,
            "sdt" => child(node, "sdtContent"),
            "AlternateContent" => child(node, "Choice").or_else(|| child(node, "Fallback")),
            "sdtContent" | "customXml" | "smartTag" | "ins" | "moveTo" | "dir" | "bdo" => Some(node),
            _ => None,
        };
        match inner {
            Some(inner) => stack.extend(inner.children().rev().filter(Node::is_element)),
            None => out.push(node),
        }
    }
    out
}

fn is_contents(sdt: Node<'_, '_>) -> bool {
    let properties = child(sdt, "sdtPr").and_then(|properties| child(properties, "docPartObj"));
    let gallery = properties.and_then(|properties| child(properties, "docPartGallery"));
    gallery.and_then(|gallery| attribute(gallery, "val")) == Some("Table of Contents")
}
