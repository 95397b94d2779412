//! Blocks and answers as HTML: what a marker reads, and what a learner is told afterwards.

use patra_core::{Answer, Block, Figure, List, ListMarker, Text, phrase};

use crate::escape::fit;
use crate::html::{Dialect, Html};
use crate::picture::Unfit;
use crate::question::Question;

impl Html<'_, '_> {
    /// Adds an answer as blocks.
    pub(crate) fn answer(&mut self, answer: &Answer) {
        match answer {
            Answer::Text(text) if text.is_blank() => {}
            Answer::Text(text) => self.element("p", text),
            Answer::Members { ordered, terms } => {
                let tag = if *ordered { "ol" } else { "ul" };
                self.out.push_str(&format!("<{tag}>"));
                terms.iter().for_each(|term| self.element("li", term));
                self.out.push_str(&format!("</{tag}>"));
            }
            Answer::Row(cells) => {
                self.out.push_str("<table><tbody>");
                for cell in cells {
                    self.out.push_str("<tr>");
                    self.element("th", &cell.subject);
                    self.element("td", &cell.cell);
                    self.out.push_str("</tr>");
                }
                self.out.push_str("</tbody></table>");
            }
            // These two have their answers in the question.
            Answer::Gap(_) => {}
            Answer::Choices { explanation, .. } if explanation.is_blank() => {}
            Answer::Choices { explanation, .. } => self.element("p", explanation),
        }
    }

    /// Adds all that a question shows below its prompt.
    pub(crate) fn below_prompt(&mut self, question: &Question<'_>) {
        self.blocks(question.stem);
        let choices = question.listed.choices;
        if choices.is_empty() {
            return;
        }
        let marker = question.listed.lettering.unwrap_or_default();
        self.marked(Some(1), marker, choices.len(), |html, place| html.text(&choices[place].text));
    }

    /// Adds blocks.
    pub(crate) fn blocks<'b>(&mut self, blocks: impl IntoIterator<Item = &'b Block>) {
        blocks.into_iter().for_each(|block| self.block(block));
    }

    fn tagged(&mut self, open: &str, text: &Text, close: &str) {
        self.out.push_str(open);
        self.text(text);
        self.out.push_str(close);
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Definition(b) => {
                self.tagged("<p><strong>", &b.term, "</strong>");
                if let Some(full) = &b.full_form {
                    self.tagged(" (", full, ")");
                }
                self.tagged(": ", &b.meaning, "</p>");
                self.blocks(&b.details);
            }
            Block::Terms(b) => {
                self.out.push_str(if b.ordered { "<ol>" } else { "<ul>" });
                for entry in &b.entries {
                    self.tagged("<li><strong>", &entry.term, "</strong>");
                    if !entry.description.is_blank() {
                        self.tagged(": ", &entry.description, "");
                    }
                    self.blocks(&entry.details);
                    self.out.push_str("</li>");
                }
                self.out.push_str(if b.ordered { "</ol>" } else { "</ul>" });
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
            Block::Paragraph(b) => self.element("p", &b.text),
            Block::Verse(b) => {
                for stanza in &b.stanzas {
                    self.out.push_str("<p>");
                    for (place, line) in stanza.iter().enumerate() {
                        self.tagged(if place == 0 { "" } else { "<br/>" }, line, "");
                    }
                    self.out.push_str("</p>");
                }
            }
            Block::Cloze(b) => self.element("p", &b.text),
            Block::Note(b) => {
                self.out.push_str("<div class=\"note\">");
                self.blocks(&b.blocks);
                self.out.push_str("</div>");
            }
            Block::Quote(b) => {
                self.out.push_str("<blockquote>");
                self.blocks(&b.blocks);
                self.out.push_str("</blockquote>");
            }
            Block::Code(b) => {
                self.out.push_str("<pre><code>");
                self.words(&b.text);
                self.out.push_str("</code></pre>");
            }
            Block::Math(b) => {
                self.out.push_str("<p>");
                self.formula(&b.tex, true);
                self.out.push_str("</p>");
            }
            Block::Figure(b) => self.figure(b),
            Block::Question(b) => {
                self.element("p", &b.prompt);
                self.blocks(&b.stem);
                for (number, choice) in (1..).zip(&b.choices) {
                    self.out.push_str(if choice.correct { "<p>✓ " } else { "<p>– " });
                    if let Some(lettering) = b.lettering {
                        self.words(&format!("{} ", lettering.label(number)));
                    }
                    self.tagged("", &choice.text, "</p>");
                }
                if !b.answer.is_empty() {
                    self.element("p", &b.answer);
                }
                self.blocks(&b.details);
            }
        }
    }

    fn list(&mut self, list: &List) {
        self.marked(list.start, list.marker, list.items.len(), |html, place| {
            let item = &list.items[place];
            html.text(&item.text);
            html.blocks(&item.blocks);
        });
    }

    /// Adds a list of so many items, each written by `item`.
    fn marked(&mut self, start: Option<u32>, marker: ListMarker, count: usize, item: impl Fn(&mut Self, usize)) {
        let own = start.filter(|_| !marker.is_default());
        let qti = self.dialect == Dialect::Qti;
        let (open, close) = match (start, own) {
            // HTML has no style for most markers. QTI 2.1 has no style at all, so there the items are paragraphs.
            (_, Some(_)) if qti => ("<div>".to_owned(), "</div>"),
            (_, Some(_)) => ("<ol style=\"list-style-type:none\">".to_owned(), "</ol>"),
            (None, _) => ("<ul>".to_owned(), "</ul>"),
            (Some(number), _) if number != 1 && qti => {
                let message = phrase!("QTI 2.1 numbers every list from 1, not from {$number}", number);
                self.losses.lesser(message, "write the numbers as words of the list's items");
                ("<ol>".to_owned(), "</ol>")
            }
            (Some(1), _) => ("<ol>".to_owned(), "</ol>"),
            (Some(number), _) => (format!("<ol start=\"{number}\">"), "</ol>"),
        };
        let (open_item, close_item) = if own.is_some() && qti { ("<div>", "</div>") } else { ("<li>", "</li>") };
        self.out.push_str(&open);
        for (number, place) in (own.unwrap_or(1)..=u32::MAX).zip(0..count) {
            self.out.push_str(open_item);
            if own.is_some() {
                self.words(&format!("{} ", marker.label(number)));
            }
            item(self, place);
            self.out.push_str(close_item);
        }
        self.out.push_str(close);
    }

    fn table<'t>(
        &mut self,
        heads: impl Iterator<Item = &'t Text>,
        rows: impl Iterator<Item = (Option<&'t Text>, &'t [Text])>,
    ) {
        self.out.push_str("<table><tbody><tr>");
        heads.for_each(|head| self.element("th", head));
        self.out.push_str("</tr>");
        for (head, cells) in rows {
            self.out.push_str("<tr>");
            if let Some(head) = head {
                self.element("th", head);
            }
            cells.iter().for_each(|cell| self.element("td", cell));
            self.out.push_str("</tr>");
        }
        self.out.push_str("</tbody></table>");
    }

    fn figure(&mut self, figure: &Figure) {
        match self.pictures.source(&figure.source) {
            Ok(address) => {
                self.out.push_str("<p><img src=\"");
                self.out.push_str(&address);
                self.out.push_str("\" alt=\"");
                // QTI 2.1 has 256 characters for it (`string256`); the rest is below the picture.
                let alt = fit(&figure.alt, self.losses);
                let short: String = alt.chars().take(256).collect();
                self.attribute(&short);
                self.out.push_str("\"/></p>");
                if short.len() < alt.len() {
                    self.paragraph(&alt);
                }
            }
            Err(why) => {
                let source = &figure.source;
                let (message, hint) = match why {
                    Unfit::NotCarried => (
                        phrase!("GIFT can't carry the picture of the figure `{$source}`", source),
                        "Moodle XML and QTI can",
                    ),
                    Unfit::Missing => {
                        let message = phrase!("the file of the figure `{$source}` is not there", source);
                        (message, "its alternative text stands in its place")
                    }
                    Unfit::UnknownKind => {
                        let message =
                            phrase!("the file of the figure `{$source}` is no picture that a browser shows", source);
                        (message, "quizzes can show PNG, JPEG, GIF, WebP and SVG")
                    }
                };
                self.losses.figure(figure.span, message, hint);
                self.paragraph(&figure.alt);
            }
        }
        if let Some(caption) = &figure.caption {
            self.element("p", caption);
        }
    }

    fn paragraph(&mut self, words: &str) {
        self.out.push_str("<p>");
        self.words(words);
        self.out.push_str("</p>");
    }
}
