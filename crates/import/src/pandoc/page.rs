//! A tree as a page of HTML, a block a line.

use std::collections::BTreeMap;

use patra_core::{Code, Diagnostic, Phrase, Span, noun, phrase};

use super::tree::{Attr, Block, Cell, Inline, Meta, Row};
use crate::docx::{escaped, written};
use crate::notes::Notes;

/// Writes the blocks of a tree.
#[derive(Default)]
pub(super) struct Page<'t> {
    pub html: String,
    pub notes: Notes,
    /// The footnotes so far.
    asides: Vec<&'t [Block]>,
    lossy: BTreeMap<&'static str, (usize, Span)>,
}

impl<'t> Page<'t> {
    /// Writes the head: what the tree says of itself.
    pub(super) fn head(&mut self, meta: &'t BTreeMap<String, Meta>) {
        let language = meta.get("lang").map(words).unwrap_or_default();
        let language = if language.is_empty() { language } else { format!(" lang=\"{}\"", escaped(&language)) };
        self.html.push_str(&format!("<!DOCTYPE html><html{language}><head>"));
        let title = meta.get("title").map(words).unwrap_or_default();
        if !title.is_empty() {
            self.html.push_str(&format!("<title>{}</title>", escaped(&title)));
        }
        let authors = match meta.get("author") {
            Some(Meta::MetaList(authors)) => authors.iter().map(words).collect(),
            Some(author) => vec![words(author)],
            None => Vec::new(),
        };
        for author in authors.iter().filter(|author| !author.is_empty()) {
            self.html.push_str(&format!("<meta name=\"author\" content=\"{}\">", escaped(author)));
        }
        if let Some(day) = meta.get("date").map(words) {
            self.html.push_str(&format!("<meta name=\"date\" content=\"{}\">", escaped(&day)));
        }
        self.html.push_str("</head><body>\n");
        const KNOWN: [&str; 4] = ["lang", "title", "author", "date"];
        for (name, value) in meta.iter().filter(|(name, _)| !KNOWN.contains(&name.as_str())) {
            let value = words(value);
            let message = phrase!("the field `{$name}` of the document's head was left out: `{$value}`", name, value);
            self.notes.push(Diagnostic::new(Code::BoilerplateLeftOut, Span::NONE, message));
        }
    }

    /// Writes the footnotes and the end of the page.
    pub(super) fn end(&mut self) {
        let place = self.here();
        let mut at = 0;
        // A note may hold another.
        while let Some(blocks) = self.asides.get(at).copied() {
            at += 1;
            self.html.push_str(&format!("<div>[{at}] "));
            self.blocks(blocks);
            self.html.push_str("</div>\n");
        }
        if at > 0 {
            let message = phrase!(
                "{$what} come at the end of the text, with their numbers in square brackets",
                what = phrase!("footnotes")
            );
            self.notes.push(Diagnostic::new(Code::KeptAsText, place, message));
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
        self.html.push_str("</body></html>\n");
    }

    fn here(&self) -> Span {
        Span::new(self.html.len(), self.html.len())
    }

    fn lost(&mut self, what: &'static str) {
        let place = self.here();
        self.lossy.entry(what).or_insert((0, place)).0 += 1;
    }

    pub(super) fn blocks(&mut self, blocks: &'t [Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn within(&mut self, name: &str, blocks: &'t [Block]) {
        self.html.push_str(&format!("<{name}>"));
        self.blocks(blocks);
        self.html.push_str(&format!("</{name}>\n"));
    }

    fn paragraph(&mut self, name: &str, inlines: &'t [Inline]) {
        self.html.push_str(&format!("<{name}>"));
        self.inlines(inlines);
        self.html.push_str(&format!("</{}>\n", name.split(' ').next().unwrap_or(name)));
    }

    fn block(&mut self, block: &'t Block) {
        match block {
            // A picture on its own keeps its caption, which older pandocs hold as its words.
            Block::Para(inlines) | Block::Plain(inlines) => self.paragraph("p", inlines),
            Block::LineBlock(lines) => {
                self.html.push_str("<p>");
                for (at, line) in lines.iter().enumerate() {
                    self.html.push_str(if at > 0 { "<br>" } else { "" });
                    self.inlines(line);
                }
                self.html.push_str("</p>\n");
            }
            Block::CodeBlock(_, code) => self.code(code),
            Block::RawBlock(form, raw) if form.starts_with("html") => {
                self.html.push_str(&format!("<div>{raw}</div>\n"))
            }
            Block::RawBlock(form, raw) => {
                self.raw(form, raw);
                self.code(raw);
            }
            Block::BlockQuote(blocks) => self.within("blockquote", blocks),
            Block::BulletList(items) => {
                self.html.push_str("<ul>\n");
                items.iter().for_each(|item| self.within("li", item));
                self.html.push_str("</ul>\n");
            }
            Block::OrderedList((start, style, delimiter), items) => self.ordered(*start, &style.t, &delimiter.t, items),
            Block::DefinitionList(entries) => {
                self.html.push_str("<dl>\n");
                for (term, descriptions) in entries {
                    self.paragraph("dt", term);
                    descriptions.iter().for_each(|blocks| self.within("dd", blocks));
                }
                self.html.push_str("</dl>\n");
            }
            Block::Header(level, _, inlines) => self.paragraph(&format!("h{}", (*level).clamp(1, 6)), inlines),
            Block::HorizontalRule => self.html.push_str("<hr>\n"),
            Block::Table(_, (_, caption), _, (_, head), bodies, (_, foot)) => {
                self.blocks(caption);
                self.html.push_str("<table>\n");
                head.iter().for_each(|row| self.row(row, usize::MAX));
                for (_, heads, above, rows) in bodies {
                    above.iter().for_each(|row| self.row(row, usize::MAX));
                    rows.iter().for_each(|row| self.row(row, *heads));
                }
                foot.iter().for_each(|row| self.row(row, 0));
                self.html.push_str("</table>\n");
            }
            Block::Figure(_, (_, caption), blocks) => {
                self.html.push_str("<figure>");
                self.blocks(blocks);
                self.within("figcaption", caption);
                self.html.push_str("</figure>\n");
            }
            Block::Div(attr, blocks) => {
                self.html.push_str(&format!("<div{}>", language(attr)));
                self.blocks(blocks);
                self.html.push_str("</div>\n");
            }
            Block::Null => {}
        }
    }

    /// A list in digits as a list; letters and Roman numerals stand at the start of lines, since answers name them.
    fn ordered(&mut self, start: u32, style: &str, delimiter: &str, items: &'t [Vec<Block>]) {
        let format = match style {
            "LowerAlpha" => "lowerLetter",
            "UpperAlpha" => "upperLetter",
            "LowerRoman" => "lowerRoman",
            "UpperRoman" => "upperRoman",
            _ => {
                self.html.push_str(&format!("<ol start=\"{start}\">\n"));
                items.iter().for_each(|item| self.within("li", item));
                self.html.push_str("</ol>\n");
                return;
            }
        };
        for (number, item) in (start..).zip(items) {
            let letters = written(number, format);
            let label = match delimiter {
                "TwoParens" => format!("({letters})"),
                "OneParen" => format!("{letters})"),
                _ => format!("{letters}."),
            };
            let rest = match item.split_first() {
                Some((Block::Plain(inlines) | Block::Para(inlines), rest)) => {
                    self.html.push_str(&format!("<p>{label} "));
                    self.inlines(inlines);
                    self.html.push_str("</p>\n");
                    rest
                }
                _ => {
                    self.html.push_str(&format!("<p>{label}</p>\n"));
                    item
                }
            };
            self.blocks(rest);
        }
    }

    fn row(&mut self, (_, cells): &'t Row, heads: usize) {
        self.html.push_str("<tr>");
        for (at, (_, _, down, across, blocks)) in cells.iter().map(|cell: &'t Cell| cell).enumerate() {
            let name = if at < heads { "th" } else { "td" };
            self.html.push_str(&format!("<{name} rowspan=\"{}\" colspan=\"{across}\">", (*down).max(1)));
            self.blocks(blocks);
            self.html.push_str(&format!("</{name}>"));
        }
        self.html.push_str("</tr>\n");
    }

    fn code(&mut self, code: &str) {
        let lines: Vec<String> = code.lines().map(escaped).collect();
        // The first line end in `pre` is none (HTML, 13.2.6.4.7).
        self.html.push_str(&format!("<pre>\n{}</pre>\n", lines.join("\n")));
    }

    fn raw(&mut self, form: &str, raw: &str) {
        let short: String = raw.chars().take(60).collect();
        let message = phrase!("`{$short}` is written in {$form} alone, and is kept as it is written", short, form);
        let place = self.here();
        self.notes.push(Diagnostic::new(Code::KeptAsText, place, message));
    }

    fn inlines(&mut self, inlines: &'t [Inline]) {
        inlines.iter().for_each(|inline| self.inline(inline));
    }

    fn marked(&mut self, begin: &str, inlines: &'t [Inline], end: &str) {
        self.html.push_str(begin);
        self.inlines(inlines);
        self.html.push_str(end);
    }

    fn inline(&mut self, inline: &'t Inline) {
        match inline {
            Inline::Str(words) => self.html.push_str(&escaped(words)),
            Inline::Space | Inline::SoftBreak => self.html.push(' '),
            Inline::LineBreak => self.html.push_str("<br>"),
            Inline::Emph(inner) => self.marked("<i>", inner, "</i>"),
            Inline::Strong(inner) => self.marked("<b>", inner, "</b>"),
            Inline::Underline(inner) => {
                self.lost(noun!("an underline"));
                self.marked("<u>", inner, "</u>");
            }
            Inline::Strikeout(inner) => {
                self.marked("<s>", inner, "</s>");
            }
            Inline::SmallCaps(inner) => {
                self.lost(noun!("small capitals"));
                self.inlines(inner);
            }
            Inline::Superscript(inner) => self.marked("<sup>", inner, "</sup>"),
            Inline::Subscript(inner) => self.marked("<sub>", inner, "</sub>"),
            Inline::Quoted(kind, inner) => {
                let (begin, end) = if kind.t == "SingleQuote" { ("‘", "’") } else { ("“", "”") };
                self.marked(begin, inner, end);
            }
            Inline::Cite(_, inner) => self.inlines(inner),
            Inline::Code(_, code) => self.html.push_str(&format!("<code>{}</code>", escaped(code))),
            Inline::Math(kind, tex) => {
                let mode = if kind.t == "DisplayMath" { "; mode=display" } else { "" };
                let tex = tex.replace("</", "< /");
                self.html.push_str(&format!("<script type=\"math/tex{mode}\">{tex}</script>"));
            }
            Inline::RawInline(form, raw) if form.starts_with("html") => self.html.push_str(raw),
            Inline::RawInline(form, raw) => {
                self.raw(form, raw);
                self.html.push_str(&format!("<code>{}</code>", escaped(raw)));
            }
            Inline::Link(_, inner, (target, _)) => {
                self.marked(&format!("<a href=\"{}\">", escaped(target)), inner, "</a>");
            }
            Inline::Image(_, inner, (target, _)) => {
                let alt: String = plain(inner);
                self.html.push_str(&format!("<img src=\"{}\" alt=\"{}\">", escaped(target), escaped(&alt)));
            }
            Inline::Note(blocks) => {
                self.asides.push(blocks);
                self.html.push_str(&format!("[{}]", self.asides.len()));
            }
            Inline::Span(attr, inner) => self.marked(&format!("<span{}>", language(attr)), inner, "</span>"),
        }
    }
}

/// The language of a part, as an attribute.
fn language((_, _, attributes): &Attr) -> String {
    let found = attributes.iter().find(|(name, _)| name == "lang");
    found.map(|(_, tag)| format!(" lang=\"{}\"", escaped(tag))).unwrap_or_default()
}

/// The words of a field of the head.
fn words(meta: &Meta) -> String {
    match meta {
        Meta::MetaString(words) => words.clone(),
        Meta::MetaBool(yes) => yes.to_string(),
        Meta::MetaInlines(inlines) => plain(inlines),
        Meta::MetaList(list) => list.iter().map(words).collect::<Vec<_>>().join(", "),
        Meta::MetaBlocks(blocks) => {
            let text = |block: &Block| match block {
                Block::Para(inlines) | Block::Plain(inlines) => Some(plain(inlines)),
                _ => None,
            };
            blocks.iter().filter_map(text).collect::<Vec<_>>().join(" ")
        }
        Meta::MetaMap(_) => "{…}".to_owned(),
    }
}

/// The words of inlines.
fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Str(words) | Inline::Code(_, words) | Inline::Math(_, words) | Inline::RawInline(_, words) => {
                out.push_str(words);
            }
            Inline::Space | Inline::SoftBreak | Inline::LineBreak => out.push(' '),
            Inline::Emph(inner)
            | Inline::Underline(inner)
            | Inline::Strong(inner)
            | Inline::Strikeout(inner)
            | Inline::Superscript(inner)
            | Inline::Subscript(inner)
            | Inline::SmallCaps(inner)
            | Inline::Quoted(_, inner)
            | Inline::Cite(_, inner)
            | Inline::Link(_, inner, _)
            | Inline::Image(_, inner, _)
            | Inline::Span(_, inner) => out.push_str(&plain(inner)),
            Inline::Note(_) => {}
        }
    }
    out
}
