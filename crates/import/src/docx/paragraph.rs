//! Paragraphs: what each is by its style, its list and its look.

use patra_core::{Code, Diagnostic, Span, phrase};

use super::body::{Done, Form, Reader, left_out};
use super::line::Line;
use super::numbering::Kind;
use super::style::Resolved;
use super::xml::{Node, child, switch, value};
use crate::text::phrase::{ends_sentence, is_short};
use crate::{guess, legacy};

/// A paragraph as it is read.
#[derive(Default)]
pub(super) struct Open<'d> {
    pub line: Line,
    pub diagnostics: Vec<Diagnostic>,
    /// Text boxes that are anchored in it, which come after it.
    pub boxes: Vec<Node<'d, 'd>>,
    pub deleted: String,
    pub hidden: String,
    /// The smallest size of its words, in half points.
    pub smallest: Option<u32>,
    /// Looks that have no place in a material.
    pub lost: Vec<&'static str>,
}

impl<'d> Reader<'d> {
    /// Reads a paragraph.
    pub(super) fn paragraph(&mut self, node: Node<'d, 'd>) {
        let properties = child(node, "pPr");
        let id = properties.and_then(|properties| value(properties, "pStyle"));
        let style = self.styles.resolve(id);
        let contents = style.names.iter().any(|name| {
            let rest = name.strip_prefix("toc ");
            rest.is_some_and(|rest| rest == "heading" || rest.chars().all(|c| c.is_ascii_digit()))
        });
        if properties.is_some_and(|properties| switch(properties, "pageBreakBefore") == Some(true)) {
            self.page_break();
        }
        let mut open = self.carried.take().unwrap_or_default();
        self.inline(node, &style.look, None, &mut open, 0);
        if is_joined(properties) {
            self.carried = Some(open);
            return;
        }
        // A list counts its empty paragraphs as well.
        let label = self.label(properties, id, &style);
        if contents || self.fields.iter().any(|field| field.is_contents()) {
            self.contents_line();
            return;
        }
        open.line.settle();
        let Open { line, mut diagnostics, boxes, deleted, hidden, smallest, mut lost } = open;
        if !deleted.trim().is_empty() {
            diagnostics.push(left_out(phrase!("what a tracked change deletes"), &deleted));
        }
        if !hidden.trim().is_empty() {
            diagnostics.push(left_out(phrase!("what is formatted as hidden"), &hidden));
        }
        let (words, good) = line.converted;
        diagnostics.extend((words > 0).then(|| legacy::told(words, good, Span::NONE)));
        lost.sort_unstable();
        lost.dedup();
        lost.into_iter().for_each(|what| self.lost(what));
        if line.is_blank() {
            // Nothing is left of it but what is said.
            let at = self.here();
            self.notes.extend(diagnostics.into_iter().map(|found| Diagnostic { span: at, ..found }));
        } else {
            let mut form = self.form(&style, properties);
            let only_pictures = line.words.trim().is_empty() && line.pictures && !line.formulas;
            if form == Form::Words && label.is_none() && !only_pictures && self.in_table == 0 {
                let level = self.level_by_look(&line, smallest);
                if let Some(level) = level {
                    let why = phrase!("its letters are larger than those of the text");
                    diagnostics.push(guess::heading(Span::NONE, why));
                    form = Form::Heading(level);
                }
            }
            let html = line.finish();
            match (label, form) {
                (Some((level, label)), Form::Words | Form::Quote) => {
                    self.emit(Done { form: Form::Item(level, label), html, diagnostics });
                }
                (Some((_, label)), form @ (Form::Heading(_) | Form::Title)) if label.kind != Kind::Bullet => {
                    let html = format!("{} {html}", super::line::escaped(&label.text));
                    self.emit(Done { form, html, diagnostics });
                }
                (_, Form::Words) if only_pictures => {
                    self.close_all();
                    self.figure = Some(Done { form: Form::Words, html, diagnostics });
                }
                (_, form) => self.emit(Done { form, html, diagnostics }),
            }
        }
        for text in boxes {
            self.blocks(text);
        }
    }

    /// Ends a paragraph that would go on in a next one, and is the last.
    pub(super) fn end_carried(&mut self) {
        let Some(mut open) = self.carried.take() else { return };
        open.line.settle();
        if !open.line.is_blank() {
            let deleted = left_out(phrase!("what a tracked change deletes"), &open.deleted);
            let mut diagnostics = open.diagnostics;
            diagnostics.extend((!open.deleted.trim().is_empty()).then_some(deleted));
            self.emit(Done { form: Form::Words, html: open.line.finish(), diagnostics });
        }
    }

    /// A formula that stands outside of paragraphs.
    pub(super) fn formula_alone(&mut self, node: Node<'d, 'd>) {
        let mut open = Open::default();
        self.formula(node, true, &mut open);
        self.emit(Done { form: Form::Words, html: open.line.finish(), diagnostics: open.diagnostics });
    }

    /// The level and the label that a paragraph's list gives it, counted.
    fn label(
        &mut self,
        properties: Option<Node<'_, '_>>,
        style_id: Option<&str>,
        style: &Resolved,
    ) -> Option<(u8, super::numbering::Label)> {
        let own = properties.and_then(|properties| child(properties, "numPr"));
        let level = own.and_then(|own| value(own, "ilvl")).and_then(|level| level.parse().ok());
        let (num, level): (&str, u8) = match (own.and_then(|own| value(own, "numId")), &style.list) {
            (Some(num), _) => (num, level.unwrap_or(0)),
            (None, Some((num, of_style))) => {
                let of_list = style_id.and_then(|id| self.numbering.level_of_style(num, id));
                (num.as_str(), level.or(of_list).unwrap_or(*of_style))
            }
            (None, None) => return None,
        };
        // List 0 takes a paragraph out of its style's list.
        if num == "0" {
            return None;
        }
        let label = self.numbering.next(num, level)?;
        Some((level.min(8), label))
    }

    fn form(&self, style: &Resolved, properties: Option<Node<'_, '_>>) -> Form {
        let named = |names: &[&str]| style.names.iter().any(|name| names.contains(&name.as_str()));
        let direct = properties.and_then(|properties| value(properties, "outlineLvl"));
        let outline = direct.and_then(|level| level.parse().ok()).or(style.outline).filter(|level| *level < 9);
        if named(&["caption"]) {
            Form::Caption
        } else if named(&["title"]) && self.in_table == 0 {
            Form::Title
        } else if let Some(level) = outline.filter(|_| self.in_table == 0) {
            Form::Heading((level + 1).min(6))
        } else if named(&["quote", "intense quote", "block text"]) {
            Form::Quote
        } else if named(&["html preformatted", "macro text", "code", "source code", "preformatted text"]) {
            Form::Code
        } else {
            Form::Words
        }
    }

    /// The level of a heading that nothing but its size makes one.
    fn level_by_look(&self, line: &Line, smallest: Option<u32>) -> Option<u8> {
        let words = line.words.trim();
        if words.contains('\n') || !is_short(words, 14) || ends_sentence(words) {
            return None;
        }
        let percent = smallest? * 100 / self.body_size.max(1);
        match percent {
            170.. => Some(1),
            140..=169 => Some(2),
            115..=139 => Some(3),
            _ => None,
        }
    }
}

/// Whether a tracked change deletes the end of a paragraph, so that it goes on in the next.
fn is_joined(properties: Option<Node<'_, '_>>) -> bool {
    properties.and_then(|node| child(node, "rPr")).is_some_and(|mark| child(mark, "del").is_some())
}

/// The problem of a picture or an object that can't be shown.
pub(super) fn unshown(message: patra_core::Phrase) -> Diagnostic {
    Diagnostic::new(Code::KeptAsText, Span::NONE, message)
}
