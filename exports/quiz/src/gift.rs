//! GIFT, as Moodle reads it (`question/format/gift/format.php`).

use patra_core::{Material, Messages, Text, phrase};

use crate::escape::{gift, no_wildcard, one_line};
use crate::html::{Dialect, Html};
use crate::loss::Losses;
use crate::moodle::{category, shares};
use crate::picture::Pictures;
use crate::question::{Body, Offered, Pair, Question, gap_answers};

/// Stands for the answers in the HTML of a sentence until the rest of it is escaped. No text holds it: it is a noncharacter
/// that is left out of every text as unfit.
const ANSWERS: &str = "\u{FFFE}";

/// The quiz.
pub(crate) fn write(material: &Material, questions: &[Question<'_>], losses: &mut Losses) -> String {
    let mut writer = Writer { out: String::new(), material, hint: Messages::of(material).string("hint", &[]), losses };
    let mut section = None;
    for question in questions {
        writer.losses.turn_to(question.about);
        if section != Some(question.section) {
            section = Some(question.section);
            let path = category(material, question.context, writer.losses);
            // Of the escapes, Moodle undoes only this one in a category.
            writer.out.push_str(&format!("$CATEGORY: {}\n\n", path.replace('\\', "\\\\")));
        }
        writer.question(question);
    }
    writer.out
}

struct Writer<'a, 'l> {
    out: String,
    material: &'a Material,
    /// The word `Hint` in the material's language.
    hint: String,
    losses: &'l mut Losses,
}

impl Writer<'_, '_> {
    /// What `write` adds to an element in the material's language; nothing where it adds nothing.
    fn html(&mut self, tag: &str, gaps: Vec<Option<String>>, write: impl FnOnce(&mut Html<'_, '_>)) -> String {
        let language = &self.material.language;
        let mut pictures = Pictures::none();
        let mut html = Html::new(Dialect::Moodle, language, self.losses, &mut pictures).with_gaps(gaps);
        html.open(tag, language);
        let empty = html.out.len();
        write(&mut html);
        if html.out.len() == empty {
            return String::new();
        }
        html.out.push_str(&format!("</{tag}>"));
        html.out
    }

    fn text(&mut self, tag: &str, text: &Text) -> String {
        self.html(tag, Vec::new(), |html| html.text(text))
    }

    fn question(&mut self, question: &Question<'_>) {
        let mut tags = format!("// [id:{}] [tag:{}]", question.id, question.kind);
        for tag in &self.material.tags {
            let tag = one_line(tag, self.losses);
            tags.push_str(&format!(" [tag:{}]", tag.replace(']', "\\]")));
        }
        self.out.push_str(&format!("{tags}\n::{}::[html]", question.id));
        let mut prompt = match question.body {
            Body::Gap { number } => self.gaps(question, number),
            _ => self.text("p", &question.prompt),
        };
        prompt.push_str(&self.html("div", Vec::new(), |html| html.below_prompt(question)));
        if let Some(hint) = question.hint {
            // GIFT has no hints.
            let mut shown: Text = format!("{}: ", self.hint).into();
            shown.append(hint.clone());
            prompt.push_str(&self.text("p", &shown));
        }
        let answers = self.answers(question);
        match prompt.split_once(ANSWERS) {
            Some((before, after)) => {
                gift(&mut self.out, before);
                self.out.push_str(&answers);
                gift(&mut self.out, &after.replace(ANSWERS, "_____"));
            }
            None => {
                gift(&mut self.out, &prompt);
                self.out.push_str(&answers);
            }
        }
        self.out.push_str("\n\n");
    }

    /// The sentence with what stands for the answers in its place.
    fn gaps(&mut self, question: &Question<'_>, number: u16) -> String {
        let gaps = question.prompt.gaps();
        let hidden = gaps.iter().filter(|(n, _)| *n == number).count();
        if hidden > 1 {
            let message =
                phrase!("GIFT has one answer a question, and {$hidden} gaps are to be filled at a time", hidden);
            self.losses.lesser(message, "the answers are expected in one blank, with commas between them");
        }
        let blanks = gaps.iter().map(|(n, _)| (*n == number).then(|| ANSWERS.to_owned())).collect();
        self.html("p", blanks, |html| html.text(&question.prompt))
    }

    fn answers(&mut self, question: &Question<'_>) -> String {
        let mut out = "{".to_owned();
        let mut feedback = String::new();
        match &question.body {
            Body::Essay { answer, details } => {
                feedback = self.html("div", Vec::new(), |html| {
                    html.answer(answer);
                    html.blocks(*details);
                });
            }
            Body::Short { answer } => self.short(&mut out, &mut feedback, answer),
            Body::Gap { number } => {
                let answers = gap_answers(&question.prompt, *number);
                self.short(&mut out, &mut feedback, &answers.join(", "));
            }
            Body::Choice { choices, explanation, details } => {
                self.choices(&mut out, choices);
                feedback = self.html("div", Vec::new(), |html| {
                    if !explanation.is_blank() {
                        html.element("p", explanation);
                    }
                    html.blocks(*details);
                });
            }
            Body::Statement { choices, explanation } => {
                out.push_str(if choices.first().is_some_and(|choice| choice.correct) { "TRUE" } else { "FALSE" });
                if !explanation.is_blank() {
                    feedback = self.text("p", explanation);
                }
            }
            Body::Match { pairs } => pairs.iter().for_each(|pair| self.pair(&mut out, pair)),
        }
        if !feedback.is_empty() {
            // A format must be named here: what the question's text has is not handed on by every reader.
            out.push_str("\n####[html]");
            gift(&mut out, &feedback);
        }
        if out.contains('\n') {
            out.push('\n');
        }
        out.push('}');
        out
    }

    /// An answer to type. One that Moodle would read as something else is left to a person to mark.
    fn short(&mut self, out: &mut String, feedback: &mut String, answer: &str) {
        let answer = one_line(answer, self.losses);
        let weight = answer.strip_prefix('%').is_some_and(|rest| rest.contains('%'));
        if answer.is_empty() || answer.contains("->") || answer.contains("&&") || weight {
            let hint = "the question is left open, and the answer stands in its feedback";
            self.losses.lesser(phrase!("GIFT can't hold `{$answer}` as an answer to type", answer), hint);
            *feedback = self.text("p", &Text::plain(answer));
            return;
        }
        out.push('=');
        // Else words in brackets could be taken for a format.
        if answer.starts_with('[') {
            out.push_str("[plain]");
        }
        gift(out, &no_wildcard(&answer));
    }

    fn choices(&mut self, out: &mut String, choices: &[Offered<'_>]) {
        if choices.iter().any(|offered| offered.pinned) {
            let hint = "turn off \"Shuffle the choices?\" in Moodle, or import the quiz in Moodle XML";
            self.losses.lesser("GIFT can't say that a choice keeps its place", hint);
        }
        let single = choices.iter().filter(|offered| offered.choice.correct).count() == 1;
        let (right, wrong) = shares(choices, self.losses);
        // Moodle reads no weight of three digits.
        let below_hundred = |share: &'static str| if share == "100" { "90" } else { share };
        for Offered { choice, .. } in choices {
            out.push_str("\n\t");
            match (choice.correct, single) {
                (true, true) => out.push('='),
                (false, true) => out.push('~'),
                (true, false) => out.push_str(&format!("~%{}%", below_hundred(right))),
                (false, false) => out.push_str(&format!("~%-{}%", below_hundred(wrong))),
            }
            let text = self.text("span", &choice.text);
            gift(out, &text);
        }
    }

    fn pair(&mut self, out: &mut String, pair: &Pair<'_>) {
        out.push_str("\n\t=");
        let meaning = self.text("span", &pair.meaning);
        gift(out, &meaning);
        out.push_str(" -> ");
        let term = one_line(&pair.term, self.losses);
        if term.contains("&&") {
            self.losses
                .lesser(phrase!("GIFT can't hold `{$term}` to the letter", term), "`&&` and digits are its own signs");
        }
        gift(out, &term);
    }
}
