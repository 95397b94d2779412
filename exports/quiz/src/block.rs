//! Blocks and answers as HTML: what a marker reads, and what a learner is told afterwards.

use patra_core::{Answer, Block, Choice, Figure, ListItem, Text, phrase};

use crate::escape::fit;
use crate::html::{Dialect, Html};
use crate::picture::Unfit;

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

    /// Adds choices that are shown and not marked.
    pub(crate) fn offered(&mut self, choices: &[Choice]) {
        if choices.is_empty() {
            return;
        }
        self.out.push_str("<ol>");
        choices.iter().for_each(|choice| self.element("li", &choice.text));
        self.out.push_str("</ol>");
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
            Block::List(b) => self.list(b.start, &b.items),
            Block::Paragraph(b) => self.element("p", &b.text),
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
                for choice in &b.choices {
                    self.tagged(if choice.correct { "<p>✓ " } else { "<p>– " }, &choice.text, "</p>");
                }
                if !b.answer.is_empty() {
                    self.element("p", &b.answer);
                }
                self.blocks(&b.details);
            }
        }
    }

    fn list(&mut self, start: Option<u32>, items: &[ListItem]) {
        let tag = if start.is_some() { "ol" } else { "ul" };
        match start {
            Some(number) if number != 1 && self.dialect == Dialect::Qti => {
                let message = phrase!("QTI 2.1 numbers every list from 1, not from {$number}", number);
                self.losses.lesser(message, "write the numbers as words of the list's items");
                self.out.push_str("<ol>");
            }
            Some(number) if number != 1 => self.out.push_str(&format!("<ol start=\"{number}\">")),
            _ => self.out.push_str(&format!("<{tag}>")),
        }
        for item in items {
            self.tagged("<li>", &item.text, "");
            self.blocks(&item.blocks);
            self.out.push_str("</li>");
        }
        self.out.push_str(&format!("</{tag}>"));
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
