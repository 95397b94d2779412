//! Blocks as the HTML of a field: what else belongs to an answer.

use patra_core::{Block, Code, Diagnostic, Direction, Figure, Id, Language, List, NoteKind, Span, Text, phrase};

use crate::inline::{Html, dir};
use crate::media::{Files, Sort, Unfit};

/// Blocks as they are written, with the pictures they show.
pub(crate) struct Blocks<'a, 'm> {
    html: Html,
    media: &'a mut Files<'m>,
    warnings: &'a mut Vec<Diagnostic>,
}

/// Blocks as HTML.
pub(crate) fn blocks(
    blocks: &[Block],
    language: &Language,
    media: &mut Files<'_>,
    warnings: &mut Vec<Diagnostic>,
) -> Html {
    let mut writer = Blocks { html: Html::in_language(language), media, warnings };
    writer.all(blocks);
    writer.html
}

/// A table of two columns, which fits a phone: a head and a cell in each row, and whether the row is the one asked.
pub(crate) fn rows<'t>(
    rows: impl IntoIterator<Item = (&'t Text, Option<&'t Text>, bool)>,
    language: &Language,
) -> Html {
    let mut html = Html::in_language(language);
    html.out.push_str("<table>");
    for (head, cell, asked) in rows {
        html.out.push_str(if asked { "<tr class=\"asked\"><th>" } else { "<tr><th>" });
        html.text(head);
        html.out.push_str("</th><td>");
        match cell {
            Some(cell) => html.text(cell),
            None => html.words("?"),
        }
        html.out.push_str("</td></tr>");
    }
    html.out.push_str("</table>");
    html
}

/// A list of texts.
pub(crate) fn list<'t>(texts: impl IntoIterator<Item = &'t Text>, ordered: bool, language: &Language) -> Html {
    let mut html = Html::in_language(language);
    html.out.push_str(if ordered { "<ol>" } else { "<ul>" });
    for text in texts {
        html.out.push_str("<li>");
        html.text(text);
        html.out.push_str("</li>");
    }
    html.out.push_str(if ordered { "</ol>" } else { "</ul>" });
    html
}

/// A list whose items begin with their numbers.
pub(crate) const UNNUMBERED: &str = "<ol style=\"list-style-type:none\">";

/// A picture with its regions covered, the one asked marked.
pub(crate) fn occluded(
    figure: &Figure,
    asked: &Id,
    language: &Language,
    media: &mut Files<'_>,
    warnings: &mut Vec<Diagnostic>,
) -> Html {
    let mut html = Html::in_language(language);
    let name = match media.name(&figure.source) {
        Ok((name, Sort::Picture)) => name,
        other => {
            let why = other.err().unwrap_or(Unfit::UnknownKind);
            warnings.push(unfit(&why, &figure.source, figure.span));
            html.out.push_str("<p class=\"alt\">");
            html.words(&figure.alt);
            html.out.push_str("</p>");
            return html;
        }
    };
    // The alternative text stands in the question.
    html.out.push_str(&format!("<div class=\"picture\"><img src=\"{name}\" alt=\"\">"));
    for region in &figure.regions {
        let this = if region.id == *asked { " this" } else { "" };
        html.out.push_str(&format!("<span class=\"mask{this}\" style=\""));
        for (side, part) in ["left", "top", "width", "height"].iter().zip(region.at.parts()) {
            html.out.push_str(&format!("{side}: {}.{:02}%; ", part / 100, part % 100));
        }
        html.out.truncate(html.out.trim_end().len());
        html.out.push_str("\"></span>");
    }
    html.out.push_str("</div>");
    html
}

impl Blocks<'_, '_> {
    fn all<'b>(&mut self, blocks: impl IntoIterator<Item = &'b Block>) {
        blocks.into_iter().for_each(|block| self.block(block));
    }

    fn tagged(&mut self, open: &str, text: &Text, close: &str) {
        self.html.out.push_str(open);
        self.html.text(text);
        self.html.out.push_str(close);
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Definition(b) => {
                self.tagged("<p><strong>", &b.term, "</strong>");
                if let Some(full) = &b.full_form {
                    self.tagged(" (", full, ")");
                }
                self.tagged(": ", &b.meaning, "</p>");
                self.all(&b.details);
            }
            Block::Terms(b) => {
                self.html.out.push_str(if b.ordered { "<ol>" } else { "<ul>" });
                for entry in &b.entries {
                    self.tagged("<li><strong>", &entry.term, "</strong>");
                    if !entry.description.is_blank() {
                        self.tagged(": ", &entry.description, "");
                    }
                    self.all(&entry.details);
                    self.html.out.push_str("</li>");
                }
                self.html.out.push_str(if b.ordered { "</ol>" } else { "</ul>" });
            }
            Block::Comparison(b) => {
                let heads = std::iter::once(&b.corner).chain(b.subjects.iter().map(|subject| &subject.name));
                let rows = b.aspects.iter().map(|aspect| (Some(&aspect.name), aspect.cells.as_slice()));
                self.table(heads, rows);
            }
            Block::Table(b) => {
                let heads = b.columns.iter().map(|column| &column.heading);
                self.table(heads, b.rows.iter().map(|row| (None, row.cells.as_slice())));
            }
            Block::List(b) => self.list(b),
            Block::Paragraph(b) => self.tagged("<p>", &b.text, "</p>"),
            Block::Verse(b) => {
                for stanza in &b.stanzas {
                    self.html.out.push_str("<p>");
                    for (place, line) in stanza.iter().enumerate() {
                        self.tagged(if place == 0 { "" } else { "<br>" }, line, "");
                    }
                    self.html.out.push_str("</p>");
                }
            }
            Block::Cloze(b) => self.tagged("<p>", &b.text, "</p>"),
            Block::Note(b) => {
                let kind = match b.kind {
                    NoteKind::Note => "note",
                    NoteKind::Tip => "note tip",
                    NoteKind::Important => "note important",
                    NoteKind::Warning => "note warning",
                    NoteKind::Caution => "note caution",
                    _ => "note",
                };
                self.html.out.push_str("<div class=\"");
                self.html.out.push_str(kind);
                self.html.out.push_str("\">");
                self.all(&b.blocks);
                self.html.out.push_str("</div>");
            }
            Block::Quote(b) => {
                self.html.out.push_str("<blockquote>");
                self.all(&b.blocks);
                self.html.out.push_str("</blockquote>");
            }
            Block::Code(b) => {
                self.html.out.push_str("<pre dir=\"ltr\"><code>");
                self.html.words(&b.text);
                self.html.out.push_str("</code></pre>");
            }
            Block::Math(b) => {
                self.html.out.push_str("<p>");
                self.html.formula(&b.tex, true);
                self.html.out.push_str("</p>");
            }
            Block::Figure(b) => self.figure(b),
            Block::Question(b) => {
                self.tagged("<p>", &b.prompt, "</p>");
                self.all(&b.stem);
                for (number, choice) in (1..).zip(&b.choices) {
                    self.html.out.push_str(if choice.correct { "<p>✓ " } else { "<p>– " });
                    if let Some(lettering) = b.lettering {
                        self.html.words(&format!("{} ", lettering.label(number)));
                    }
                    self.tagged("", &choice.text, "</p>");
                }
                if !b.answer.is_empty() {
                    self.tagged("<p>", &b.answer, "</p>");
                }
                self.all(&b.details);
            }
        }
    }

    fn list(&mut self, list: &List) {
        let start = list.start;
        let own = start.is_some() && !list.marker.is_default();
        match start {
            // HTML has no style for most of them, and none with the signs around a number.
            Some(_) if own => self.html.out.push_str(UNNUMBERED),
            Some(1) => self.html.out.push_str("<ol>"),
            Some(number) => self.html.out.push_str(&format!("<ol start=\"{number}\">")),
            None => self.html.out.push_str("<ul>"),
        }
        for (place, item) in list.items.iter().enumerate() {
            self.html.out.push_str("<li>");
            if let Some(label) = list.label(place).filter(|_| own) {
                self.html.words(&format!("{label} "));
            }
            self.html.text(&item.text);
            self.all(&item.blocks);
            self.html.out.push_str("</li>");
        }
        self.html.out.push_str(if start.is_some() { "</ol>" } else { "</ul>" });
    }

    fn table<'t>(
        &mut self,
        heads: impl Iterator<Item = &'t Text>,
        rows: impl Iterator<Item = (Option<&'t Text>, &'t [Text])>,
    ) {
        self.html.out.push_str("<table><tr>");
        heads.for_each(|head| self.tagged("<th>", head, "</th>"));
        self.html.out.push_str("</tr>");
        for (head, cells) in rows {
            self.html.out.push_str("<tr>");
            if let Some(head) = head {
                self.tagged("<th>", head, "</th>");
            }
            cells.iter().for_each(|cell| self.tagged("<td>", cell, "</td>"));
            self.html.out.push_str("</tr>");
        }
        self.html.out.push_str("</table>");
    }

    fn alt(&mut self, words: &str) {
        self.html.out.push_str("<p class=\"alt\">");
        self.html.words(words);
        self.html.out.push_str("</p>");
    }

    fn figure(&mut self, figure: &Figure) {
        match self.media.name(&figure.source) {
            Ok((name, Sort::Picture)) => {
                self.html.out.push_str("<figure><img src=\"");
                self.html.out.push_str(&name);
                self.html.out.push_str("\" alt=\"");
                self.html.attribute(&figure.alt);
                self.html.out.push_str("\">");
            }
            Ok((name, Sort::Sound)) => {
                self.html.out.push_str("<figure>");
                self.html.out.push_str(&sound(&name));
                self.alt(&figure.alt);
            }
            Err(why) => {
                self.warnings.push(unfit(&why, &figure.source, figure.span));
                self.html.out.push_str("<figure>");
                self.alt(&figure.alt);
            }
        }
        if let Some(caption) = &figure.caption {
            self.tagged("<figcaption>", caption, "</figcaption>");
        }
        self.html.out.push_str("</figure>");
    }
}

/// A file as Anki plays it.
pub(crate) fn sound(name: &str) -> String {
    format!("[sound:{name}]")
}

/// Why a card shows or plays no file.
pub(crate) fn unfit(why: &Unfit, source: &str, span: Span) -> Diagnostic {
    let message = match why {
        Unfit::Missing => phrase!("the file `{$source}` is not there", source),
        Unfit::UnknownKind => phrase!("the file `{$source}` is no picture or sound that Anki shows or plays", source),
        Unfit::Unreadable(why) => phrase!("the file `{$source}` can't be read: {$why}", source, why),
    };
    let hint = "cards can show PNG, JPEG, GIF, WebP and SVG, and play MP3 and Ogg";
    Diagnostic::new(Code::MissingFigure, span, message).with_hint(hint)
}

/// The values of the two fields that set a card's language: its tag and its direction.
pub(crate) fn language_fields(language: &Language) -> [String; 2] {
    let direction: Direction = language.direction();
    [language.to_string(), dir(direction).to_owned()]
}
