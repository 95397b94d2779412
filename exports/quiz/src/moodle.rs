//! Moodle's XML (`question/format/xml/format.php`).

use patra_core::{Language, Material, Messages, Text, phrase};
use sha2::{Digest, Sha256};

use crate::escape::{cloze, no_wildcard, one_line, xml, xml_of};
use crate::html::{Dialect, Html};
use crate::loss::Losses;
use crate::options::QuizOptions;
use crate::picture::{Pictures, base64};
use crate::question::{Body, Offered, Pair, Question, gap_answers};

/// The longest id number, in characters (the column `idnumber` of `question_bank_entries`).
const LONGEST_ID: usize = 100;

/// The hundredths of a mark that one of this many right answers may give: those that Moodle knows
/// (`question_bank::fraction_options_full`).
pub(crate) const PARTS: [&str; 10] =
    ["100", "50", "33.33333", "25", "20", "16.66667", "14.28571", "12.5", "11.11111", "10"];

/// The quiz.
pub(crate) fn write(
    material: &Material,
    questions: &[Question<'_>],
    options: &QuizOptions,
    losses: &mut Losses,
) -> String {
    let pictures = Pictures::of(&options.media, "@@PLUGINFILE@@/");
    let mut writer =
        Writer { out: String::new(), material, hint: Messages::of(material).string("hint", &[]), losses, pictures };
    writer.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n");
    let mut section = None;
    for question in questions {
        writer.losses.turn_to(question.about);
        if section != Some(question.section) {
            section = Some(question.section);
            let path = category(material, question.context, writer.losses);
            writer.out.push_str("  <question type=\"category\">\n    <category><text>");
            xml(&mut writer.out, &path);
            writer.out.push_str("</text></category>\n  </question>\n");
        }
        writer.question(question);
    }
    writer.out.push_str("</quiz>\n");
    writer.out
}

/// The path of a category, from the top of the course: a slash in a name is doubled.
pub(crate) fn category(material: &Material, context: &[Text], losses: &mut Losses) -> String {
    let mut path = "$course$/top".to_owned();
    for name in std::iter::once(&material.title).chain(context) {
        let name = one_line(&name.to_plain(), losses);
        if !name.is_empty() {
            path.push('/');
            path.push_str(&name.replace('/', "//"));
        }
    }
    path
}

/// The hundredths of a mark that each right choice gives and each wrong one takes, so that choosing all of them gives nothing.
pub(crate) fn shares(choices: &[Offered<'_>], losses: &mut Losses) -> (&'static str, &'static str) {
    let right = choices.iter().filter(|offered| offered.choice.correct).count();
    let wrong = choices.len() - right;
    if right == 0 || right > PARTS.len() {
        let message = phrase!("Moodle has no share of a mark for {$right} right choices", right);
        losses.lesser(message, "1 to 10 choices of a question can be right");
    }
    let share = |count: usize| PARTS[count.clamp(1, PARTS.len()) - 1];
    (share(right), if wrong == 0 { "0" } else { share(wrong) })
}

struct Writer<'a, 'l> {
    out: String,
    material: &'a Material,
    /// The word `Hint` in the material's language.
    hint: String,
    losses: &'l mut Losses,
    pictures: Pictures<'a>,
}

impl Writer<'_, '_> {
    fn language(&self) -> Language {
        self.material.language.clone()
    }

    /// Rich text within one element, in the material's language.
    fn inline(&mut self, dialect: Dialect, tag: &str, text: &Text, gaps: Vec<Option<String>>) -> String {
        let language = self.language();
        let mut html = Html::new(dialect, &language, self.losses, &mut self.pictures).with_gaps(gaps);
        html.open(tag, &language);
        html.text(text);
        html.out.push_str(&format!("</{tag}>"));
        html.out
    }

    /// What `write` adds, in a `div` in the material's language; nothing where it adds nothing.
    fn division(&mut self, write: impl FnOnce(&mut Html<'_, '_>)) -> String {
        let language = self.language();
        let mut html = Html::new(Dialect::Moodle, &language, self.losses, &mut self.pictures);
        html.open("div", &language);
        let empty = html.out.len();
        write(&mut html);
        if html.out.len() == empty {
            return String::new();
        }
        html.out.push_str("</div>");
        html.out
    }

    /// An element with HTML in it and the files that the HTML shows.
    fn html_element(&mut self, indent: &str, tag: &str, html: &str) {
        self.out.push_str(&format!("{indent}<{tag} format=\"html\"><text>"));
        xml(&mut self.out, html);
        self.out.push_str("</text>");
        for (name, bytes) in self.pictures.take() {
            self.out.push_str(&format!("<file name=\"{name}\" path=\"/\" encoding=\"base64\">"));
            self.out.push_str(&base64(bytes));
            self.out.push_str("</file>");
        }
        let name = tag.split(' ').next().unwrap_or(tag);
        self.out.push_str(&format!("</{name}>\n"));
    }

    fn line(&mut self, tag: &str, value: &str) {
        self.out.push_str(&format!("    <{tag}>"));
        xml(&mut self.out, value);
        self.out.push_str(&format!("</{tag}>\n"));
    }

    fn question(&mut self, question: &Question<'_>) {
        let kind = match &question.body {
            Body::Essay { .. } => "essay",
            Body::Short { .. } => "shortanswer",
            Body::Choice { .. } => "multichoice",
            Body::Statement { .. } => "truefalse",
            Body::Gap { .. } => "cloze",
            Body::Match { .. } => "matching",
        };
        self.out.push_str(&format!("  <question type=\"{kind}\">\n"));
        let name = one_line(&question.name(), self.losses);
        self.out.push_str(&format!("    <name><text>{}</text></name>\n", xml_of(&name)));
        let text = match question.body {
            Body::Gap { number } => self.gaps(question, number),
            _ => self.inline(Dialect::Moodle, "p", &question.prompt, Vec::new()),
        };
        let text = text + &self.division(|html| html.below_prompt(question));
        let text = match (&question.body, question.hint) {
            // Only an essay of Moodle has no hints.
            (Body::Essay { .. }, Some(hint)) => text + &self.shown_hint(hint),
            _ => text,
        };
        self.html_element("    ", "questiontext", &text);
        let feedback = match &question.body {
            Body::Essay { answer, details } => self.division(|html| {
                html.answer(answer);
                html.blocks(*details);
            }),
            Body::Choice { explanation, details, .. } => self.division(|html| {
                if !explanation.is_blank() {
                    html.element("p", explanation);
                }
                html.blocks(*details);
            }),
            Body::Statement { explanation, .. } if !explanation.is_blank() => {
                self.division(|html| html.element("p", explanation))
            }
            _ => String::new(),
        };
        self.html_element("    ", "generalfeedback", &feedback);
        if kind != "cloze" {
            self.line("defaultgrade", &question.grade());
        }
        // A statement guessed twice is a statement known.
        self.line("penalty", if kind == "truefalse" { "1" } else { "0.3333333" });
        self.line("hidden", "0");
        let idnumber = self.idnumber(question);
        self.line("idnumber", &idnumber);
        self.body(question);
        if let Some(hint) = question.hint.filter(|_| !matches!(question.body, Body::Essay { .. })) {
            let hint = self.inline(Dialect::Moodle, "p", hint, Vec::new());
            self.html_element("    ", "hint", &hint);
        }
        self.out.push_str("    <tags>");
        for tag in std::iter::once(question.kind).chain(self.material.tags.iter().map(String::as_str)) {
            let tag = one_line(tag, self.losses);
            self.out.push_str(&format!("<tag><text>{}</text></tag>", xml_of(&tag)));
        }
        self.out.push_str("</tags>\n  </question>\n");
    }

    fn body(&mut self, question: &Question<'_>) {
        match &question.body {
            Body::Essay { answer, .. } => {
                self.line("responseformat", "editor");
                self.line("responserequired", "1");
                self.line("responsefieldlines", "10");
                self.line("attachments", "0");
                self.line("attachmentsrequired", "0");
                let info = self.division(|html| html.answer(answer));
                self.html_element("    ", "graderinfo", &info);
                self.html_element("    ", "responsetemplate", "");
            }
            Body::Short { answer } => {
                self.line("usecase", "0");
                let answer = no_wildcard(&one_line(answer, self.losses));
                self.answer("100", &answer);
            }
            Body::Choice { choices, .. } => {
                let single = choices.iter().filter(|offered| offered.choice.correct).count() == 1;
                self.line("single", if single { "true" } else { "false" });
                // Moodle shuffles all choices of a question or none.
                let shuffled = choices.iter().all(|offered| !offered.pinned);
                self.line("shuffleanswers", if shuffled { "true" } else { "false" });
                self.line("answernumbering", "abc");
                let (right, wrong) = shares(choices, self.losses);
                for Offered { choice, .. } in choices {
                    let fraction = match (choice.correct, single) {
                        (true, _) => right.to_owned(),
                        (false, true) => "0".to_owned(),
                        (false, false) => format!("-{wrong}"),
                    };
                    let text = self.inline(Dialect::Moodle, "span", &choice.text, Vec::new());
                    self.html_element("    ", &format!("answer fraction=\"{fraction}\""), &text);
                }
            }
            Body::Statement { choices, .. } => {
                let holds = choices.first().is_some_and(|choice| choice.correct);
                self.answer(if holds { "100" } else { "0" }, "true");
                self.answer(if holds { "0" } else { "100" }, "false");
            }
            // The gaps stand in the text.
            Body::Gap { .. } => {}
            Body::Match { pairs } => {
                self.line("shuffleanswers", "true");
                pairs.iter().for_each(|pair| self.pair(pair));
            }
        }
    }

    fn answer(&mut self, fraction: &str, plain: &str) {
        let text = xml_of(plain);
        let answer = format!(
            "    <answer fraction=\"{fraction}\" format=\"moodle_auto_format\"><text>{text}</text>\
             <feedback format=\"html\"><text></text></feedback></answer>\n"
        );
        self.out.push_str(&answer);
    }

    fn pair(&mut self, pair: &Pair<'_>) {
        let meaning = self.inline(Dialect::Moodle, "span", &pair.meaning, Vec::new());
        let term = one_line(&pair.term, self.losses);
        self.out.push_str("    <subquestion format=\"html\"><text>");
        xml(&mut self.out, &meaning);
        self.out.push_str(&format!("</text><answer><text>{}</text></answer></subquestion>\n", xml_of(&term)));
    }

    /// The text of a question with gaps: those with the number are to be filled in, the others are.
    fn gaps(&mut self, question: &Question<'_>, number: u16) -> String {
        let mut answers = gap_answers(&question.prompt, number).into_iter();
        let mut gaps = Vec::new();
        for (n, _) in question.prompt.gaps() {
            gaps.push((n == number).then(|| {
                let mut gap = "{1:SHORTANSWER:=".to_owned();
                let answer = one_line(&answers.next().unwrap_or_default(), self.losses);
                cloze(&mut gap, &no_wildcard(&answer));
                gap.push('}');
                gap
            }));
        }
        self.inline(Dialect::Cloze, "p", &question.prompt, gaps)
    }

    fn shown_hint(&mut self, hint: &Text) -> String {
        let mut shown: Text = format!("{}: ", self.hint).into();
        shown.append(hint.clone());
        self.inline(Dialect::Moodle, "p", &shown, Vec::new())
    }

    fn idnumber(&mut self, question: &Question<'_>) -> String {
        let id = question.id.as_str();
        if id.chars().count() <= LONGEST_ID {
            return id.to_owned();
        }
        let digest: String = Sha256::digest(id.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        let start: String = id.chars().take(LONGEST_ID - digest.len() - 1).collect();
        let short = format!("{start}~{digest}");
        let message = phrase!("the id `{$id}` is longer than the 100 characters of Moodle's id numbers", id);
        self.losses.lesser(message, "it was cut; give the thing a shorter id");
        short
    }
}
