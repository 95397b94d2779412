//! An item of QTI: its declarations, its body, how it is marked and what is said afterwards.

use patra_core::{Material, Text};

use super::name::ncname;
use super::{DECLARATION, QTI};
use crate::escape::{one_line, xml_of};
use crate::html::{Dialect, Html};
use crate::loss::Losses;
use crate::picture::Pictures;
use crate::question::{Body, Offered, Pair, Question, gap_answers};

/// Where the specification has the two ways of marking that every system knows.
const TEMPLATES: &str = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/";

/// What is said of an item beside its question.
pub(super) struct About<'a> {
    pub(super) material: &'a Material,
    /// The word `Hint` in the material's language.
    pub(super) hint: &'a str,
    /// The identifier.
    pub(super) name: &'a str,
    pub(super) title: &'a str,
}

/// The assessmentItem.
pub(super) fn write(
    about: &About<'_>,
    question: &Question<'_>,
    losses: &mut Losses,
    pictures: &mut Pictures<'_>,
) -> String {
    let About { material, hint, name, title } = *about;
    let mut item = Item { material, hint, losses, pictures, responses: String::new(), body: String::new() };
    item.open();
    let (marking, feedback) = item.question(question);
    let mut out = format!(
        "{DECLARATION}<assessmentItem {QTI} identifier=\"{name}\" title=\"{}\" label=\"{}\" xml:lang=\"{}\" \
         adaptive=\"false\" timeDependent=\"false\">\n",
        xml_of(title),
        xml_of(question.id.as_str()),
        xml_of(&material.language.to_string()),
    );
    out.push_str(&item.responses);
    let most = question.lines();
    out.push_str(&format!(
        "  <outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\" normalMaximum=\"{most}\"/>\n"
    ));
    if !feedback.is_empty() {
        out.push_str(
            "  <outcomeDeclaration identifier=\"FEEDBACK\" cardinality=\"single\" baseType=\"identifier\"/>\n",
        );
    }
    out.push_str(&format!("  <itemBody>\n{}  </itemBody>\n", item.body));
    out.push_str(&marking.write(!feedback.is_empty()));
    if !feedback.is_empty() {
        out.push_str(&format!(
            "  <modalFeedback outcomeIdentifier=\"FEEDBACK\" identifier=\"explanation\" showHide=\"show\">{feedback}\
             </modalFeedback>\n"
        ));
    }
    out.push_str("</assessmentItem>\n");
    out
}

/// How an item is marked.
enum Marking {
    /// By a person.
    Person,
    /// All right or nothing.
    Correct,
    /// By the sum of what each response is worth.
    Map(Vec<String>),
}

impl Marking {
    fn write(&self, explained: bool) -> String {
        let rule = match self {
            Marking::Person if !explained => return String::new(),
            Marking::Correct if !explained => {
                return format!("  <responseProcessing template=\"{TEMPLATES}match_correct\"/>\n");
            }
            Marking::Map(responses) if responses.len() == 1 && !explained => {
                return format!("  <responseProcessing template=\"{TEMPLATES}map_response\"/>\n");
            }
            Marking::Person => String::new(),
            Marking::Correct => "    <responseCondition><responseIf><match><variable identifier=\"RESPONSE\"/>\
                 <correct identifier=\"RESPONSE\"/></match><setOutcomeValue identifier=\"SCORE\">\
                 <baseValue baseType=\"float\">1</baseValue></setOutcomeValue></responseIf><responseElse>\
                 <setOutcomeValue identifier=\"SCORE\"><baseValue baseType=\"float\">0</baseValue></setOutcomeValue>\
                 </responseElse></responseCondition>\n"
                .to_owned(),
            Marking::Map(responses) => {
                let parts: Vec<String> =
                    responses.iter().map(|response| format!("<mapResponse identifier=\"{response}\"/>")).collect();
                format!("    <setOutcomeValue identifier=\"SCORE\"><sum>{}</sum></setOutcomeValue>\n", parts.concat())
            }
        };
        let explanation = if explained {
            "    <setOutcomeValue identifier=\"FEEDBACK\"><baseValue baseType=\"identifier\">explanation</baseValue>\
             </setOutcomeValue>\n"
        } else {
            ""
        };
        format!("  <responseProcessing>\n{rule}{explanation}  </responseProcessing>\n")
    }
}

struct Item<'a, 'w, 'm> {
    material: &'a Material,
    hint: &'a str,
    losses: &'w mut Losses,
    pictures: &'w mut Pictures<'m>,
    responses: String,
    body: String,
}

impl<'m> Item<'_, '_, 'm> {
    fn html(&mut self, write: impl FnOnce(&mut Html<'_, 'm>)) -> String {
        let mut html = Html::new(Dialect::Qti, &self.material.language, self.losses, self.pictures);
        write(&mut html);
        html.out
    }

    fn text(&mut self, text: &Text) -> String {
        self.html(|html| html.text(text))
    }

    /// Says once what holds of the whole material.
    fn open(&mut self) {
        let language = &self.material.language;
        // Only for what it reports: the language stands at the item.
        Html::new(Dialect::Qti, language, self.losses, self.pictures).open("p", language);
    }

    /// Writes the declarations and the body; gives back how it is marked and what is said afterwards.
    fn question(&mut self, question: &Question<'_>) -> (Marking, String) {
        let prompt = match question.body {
            Body::Gap { .. } => String::new(),
            _ => self.text(&question.prompt),
        };
        // A prompt holds words alone, no blocks.
        let prompt = match question.body {
            Body::Short { .. } | Body::Gap { .. } => prompt,
            _ if question.has_more() => {
                let below = self.html(|html| html.below_prompt(question));
                self.body.push_str(&format!("    <p>{prompt}</p>\n    {below}\n"));
                String::new()
            }
            _ => format!("<prompt>{prompt}</prompt>"),
        };
        let (marking, feedback) = match &question.body {
            Body::Essay { answer, details } => {
                self.declare("RESPONSE", "single", "string", "");
                self.body.push_str(&format!(
                    "    <extendedTextInteraction responseIdentifier=\"RESPONSE\">{prompt}</extendedTextInteraction>\n"
                ));
                let rubric = self.html(|html| {
                    html.answer(answer);
                    html.blocks(*details);
                });
                if !rubric.is_empty() {
                    self.body.push_str(&format!("    <rubricBlock view=\"scorer tutor\">{rubric}</rubricBlock>\n"));
                }
                (Marking::Person, String::new())
            }
            Body::Short { answer } => {
                let entry = self.entry("RESPONSE", answer);
                self.body.push_str(&format!("    <p>{prompt}</p>\n    <p>{entry}</p>\n"));
                (Marking::Map(vec!["RESPONSE".to_owned()]), String::new())
            }
            Body::Gap { number } => {
                let (sentence, responses) = self.gaps(question, *number);
                self.body.push_str(&format!("    <p>{sentence}</p>\n"));
                (Marking::Map(responses), String::new())
            }
            Body::Choice { choices, explanation, details } => {
                let names: Vec<String> = choices.iter().map(|offered| format!("choice-{}", offered.number)).collect();
                // Where all keep their place there is nothing to shuffle.
                let shuffled = choices.iter().filter(|offered| !offered.pinned).count() > 1;
                self.choices(&prompt, choices, &names, shuffled);
                let feedback = self.html(|html| {
                    if !explanation.is_blank() {
                        html.element("p", explanation);
                    }
                    html.blocks(*details);
                });
                (Marking::Correct, feedback)
            }
            Body::Statement { choices, explanation } => {
                let choices: Vec<Offered<'_>> =
                    choices.iter().map(|choice| Offered { choice, number: 0, pinned: false }).collect();
                self.choices(&prompt, &choices, &["true".to_owned(), "false".to_owned()], false);
                let feedback = self.html(|html| {
                    if !explanation.is_blank() {
                        html.element("p", explanation);
                    }
                });
                (Marking::Correct, feedback)
            }
            Body::Match { pairs } => {
                self.pairs(&prompt, pairs);
                (Marking::Map(vec!["RESPONSE".to_owned()]), String::new())
            }
        };
        if let Some(hint) = question.hint {
            // QTI has hints only for items that are answered in several attempts.
            let mut shown: Text = format!("{}: ", self.hint).into();
            shown.append(hint.clone());
            let hint = self.text(&shown);
            self.body.push_str(&format!("    <p class=\"hint\">{hint}</p>\n"));
        }
        (marking, feedback)
    }

    fn declare(&mut self, name: &str, cardinality: &str, kind: &str, inside: &str) {
        self.responses.push_str(&format!(
            "  <responseDeclaration identifier=\"{name}\" cardinality=\"{cardinality}\" baseType=\"{kind}\""
        ));
        self.responses.push_str(&if inside.is_empty() {
            "/>\n".to_owned()
        } else {
            format!(">{inside}</responseDeclaration>\n")
        });
    }

    /// Declares a response to type; gives back where it is typed.
    fn entry(&mut self, name: &str, answer: &str) -> String {
        let answer = one_line(answer, self.losses);
        let (value, length) = (xml_of(&answer), answer.chars().count().max(1));
        let inside = format!(
            "<correctResponse><value>{value}</value></correctResponse><mapping defaultValue=\"0\">\
             <mapEntry mapKey=\"{value}\" mappedValue=\"1\" caseSensitive=\"false\"/></mapping>"
        );
        self.declare(name, "single", "string", &inside);
        format!("<textEntryInteraction responseIdentifier=\"{name}\" expectedLength=\"{length}\"/>")
    }

    /// The sentence with its gaps, and the names of their responses.
    fn gaps(&mut self, question: &Question<'_>, number: u16) -> (String, Vec<String>) {
        let mut responses = Vec::new();
        let answers = gap_answers(&question.prompt, number);
        let many = answers.len() > 1;
        let mut answers = answers.into_iter();
        let mut gaps = Vec::new();
        for (n, _) in question.prompt.gaps() {
            gaps.push((n == number).then(|| {
                let name = if many { format!("RESPONSE-{}", responses.len() + 1) } else { "RESPONSE".to_owned() };
                let entry = self.entry(&name, &answers.next().unwrap_or_default());
                responses.push(name);
                entry
            }));
        }
        let language = &self.material.language;
        let mut html = Html::new(Dialect::Qti, language, self.losses, self.pictures).with_gaps(gaps);
        html.text(&question.prompt);
        (html.out, responses)
    }

    fn choices(&mut self, prompt: &str, choices: &[Offered<'_>], names: &[String], shuffle: bool) {
        let right: Vec<&String> =
            choices.iter().zip(names).filter(|(offered, _)| offered.choice.correct).map(|(_, name)| name).collect();
        let (cardinality, most) = if right.len() == 1 { ("single", 1) } else { ("multiple", 0) };
        let values: Vec<String> = right.iter().map(|name| format!("<value>{name}</value>")).collect();
        let correct = match values.as_slice() {
            [] => String::new(),
            values => format!("<correctResponse>{}</correctResponse>", values.concat()),
        };
        self.declare("RESPONSE", cardinality, "identifier", &correct);
        self.body.push_str(&format!(
            "    <choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"{shuffle}\" maxChoices=\"{most}\">\
             {prompt}\n"
        ));
        for (Offered { choice, pinned, .. }, name) in choices.iter().zip(names) {
            let text = self.text(&choice.text);
            let fixed = if shuffle && *pinned { " fixed=\"true\"" } else { "" };
            self.body.push_str(&format!("      <simpleChoice identifier=\"{name}\"{fixed}>{text}</simpleChoice>\n"));
        }
        self.body.push_str("    </choiceInteraction>\n");
    }

    fn pairs(&mut self, prompt: &str, pairs: &[Pair<'_>]) {
        let [mut values, mut entries, mut meanings, mut terms] = [const { String::new() }; 4];
        for pair in pairs {
            let name = ncname(pair.id.as_str());
            values.push_str(&format!("<value>meaning-{name} term-{name}</value>"));
            entries.push_str(&format!("<mapEntry mapKey=\"meaning-{name} term-{name}\" mappedValue=\"1\"/>"));
            let choice = |out: &mut String, side: &str, text: &str| {
                out.push_str(&format!(
                    "        <simpleAssociableChoice identifier=\"{side}-{name}\" matchMax=\"1\">{text}\
                     </simpleAssociableChoice>\n"
                ));
            };
            choice(&mut meanings, "meaning", &self.text(&pair.meaning));
            let term = one_line(&pair.term, self.losses);
            choice(&mut terms, "term", &self.html(|html| html.words(&term)));
        }
        let correct =
            format!("<correctResponse>{values}</correctResponse><mapping defaultValue=\"0\">{entries}</mapping>");
        self.declare("RESPONSE", "multiple", "directedPair", &correct);
        self.body.push_str(&format!(
            "    <matchInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxAssociations=\"{}\">\
             {prompt}\n      <simpleMatchSet>\n{meanings}      </simpleMatchSet>\n      \
             <simpleMatchSet>\n{terms}      </simpleMatchSet>\n    </matchInteraction>\n",
            pairs.len()
        ));
    }
}
