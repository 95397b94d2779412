//! Rich text as the HTML of a field.

use std::borrow::Cow;

use patra_core::{Address, Direction, Gap, Language, Run, Text, is_sound, nfc, plain_formula};

use crate::escape::{Place, escape, formula};

/// Stands before and after the name of a sound's file as the source has it, until [`sounds`] puts the file's name in the
/// package there. No words hold it, being a control character.
const SOUND: char = '\u{1}';

/// HTML as it is written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Html {
    /// The HTML so far.
    pub out: String,
    /// Whether a character that no field can hold was left out.
    pub dropped: bool,
    place: Place,
    /// The numbers of the gaps to come, in reading order; empty where gaps are filled in.
    numbers: std::vec::IntoIter<u16>,
    direction: Option<Direction>,
}

impl Html {
    /// Rich text with its gaps filled in.
    pub fn of(text: &Text, language: &Language) -> Html {
        let mut html = Html::in_language(language);
        html.text(text);
        html
    }

    /// No HTML yet, for words in a language.
    pub fn in_language(language: &Language) -> Html {
        Html { direction: Some(language.direction()), ..Html::default() }
    }

    /// A question: what comes after its first line, such as the meaning whose term is asked, in an element of its own.
    pub fn question(text: &Text, language: &Language) -> Html {
        let mut html = Html::in_language(language);
        let lines = text.runs().splitn(2, |run| matches!(run, Run::Break));
        for (index, line) in lines.enumerate() {
            html.out.push_str(if index > 0 { "<div class=\"quoted\">" } else { "" });
            html.runs(line);
            html.out.push_str(if index > 0 { "</div>" } else { "" });
        }
        html
    }

    /// Rich text with its gaps hidden, the first under the first of `numbers`.
    pub fn cloze(text: &Text, numbers: Vec<u16>, language: &Language) -> Html {
        let mut html = Html { place: Place::Cloze, numbers: numbers.into_iter(), ..Html::in_language(language) };
        html.text(text);
        html
    }

    /// Adds words as they are.
    pub fn words(&mut self, words: &str) {
        self.dropped |= escape(&mut self.out, words, self.place);
    }

    /// Whether it is in NFC.
    pub fn is_composed(&self) -> bool {
        matches!(nfc(&self.out), Cow::Borrowed(_))
    }

    /// Adds the value of an attribute.
    pub fn attribute(&mut self, value: &str) {
        self.dropped |= escape(&mut self.out, value, Place::Attribute);
    }

    /// Adds a formula, on a line of its own or within one.
    pub fn formula(&mut self, tex: &str, own_line: bool) {
        let delimiters = if own_line { ["\\[", "\\]"] } else { ["\\(", "\\)"] };
        self.dropped |= formula(&mut self.out, &plain_formula(tex), delimiters, self.place);
    }

    /// Adds rich text.
    pub fn text(&mut self, text: &Text) {
        self.runs(text.runs());
    }

    fn runs(&mut self, runs: &[Run]) {
        for run in runs {
            match run {
                Run::Plain(words) => self.words(words),
                Run::Strong(inner) => self.element("strong", inner),
                Run::Emphasis(inner) => self.element("em", inner),
                Run::Superscript(inner) => self.element("sup", inner),
                Run::Subscript(inner) => self.element("sub", inner),
                Run::Strikeout(inner) => self.element("s", inner),
                Run::Code(code) => {
                    self.out.push_str("<code>");
                    self.words(code);
                    self.out.push_str("</code>");
                }
                Run::Link(link) => match Address::of(&link.target) {
                    Address::Web(url) => {
                        self.out.push_str("<a href=\"");
                        self.attribute(url);
                        self.out.push_str("\">");
                        self.text(&link.text);
                        self.out.push_str("</a>");
                    }
                    Address::File(_) if is_sound(&link.target) => {
                        self.text(&link.text);
                        self.out.push(SOUND);
                        self.out.push_str(&link.target);
                        self.out.push(SOUND);
                    }
                    // A card has no place for a link within the material to lead to, and is in no folder.
                    _ => self.text(&link.text),
                },
                Run::Math(tex) => self.formula(tex, false),
                Run::Gap(gap) => self.gap(gap),
                Run::Language(tagged) => {
                    let outer = self.direction;
                    self.out.push_str("<span lang=\"");
                    self.attribute(&tagged.language.to_string());
                    self.out.push('"');
                    let direction = tagged.language.direction();
                    if outer != Some(direction) {
                        self.out.push_str(" dir=\"");
                        self.out.push_str(dir(direction));
                        self.out.push('"');
                    }
                    self.out.push('>');
                    self.direction = Some(direction);
                    self.text(&tagged.text);
                    self.direction = outer;
                    self.out.push_str("</span>");
                }
                Run::Break => self.out.push_str("<br>"),
            }
        }
    }

    fn element(&mut self, tag: &str, inner: &Text) {
        for (open, close) in [("<", ">"), ("</", ">")] {
            if open == "</" {
                self.text(inner);
            }
            self.out.push_str(open);
            self.out.push_str(tag);
            self.out.push_str(close);
        }
    }

    fn gap(&mut self, gap: &Gap) {
        let Some(number) = self.numbers.next() else { return self.text(&gap.text) };
        self.out.push_str("{{c");
        self.out.push_str(&number.to_string());
        self.out.push_str("::");
        self.text(&gap.text);
        if let Some(hint) = gap.hint.as_deref().filter(|hint| !hint.trim().is_empty()) {
            self.out.push_str("::");
            self.words(hint.trim());
        }
        self.out.push_str("}}");
    }
}

/// The HTML of fields with each sound in its place: what `play` makes of the name of its file.
pub(crate) fn sounds(html: String, mut play: impl FnMut(&str) -> String) -> String {
    if !html.contains(SOUND) {
        return html;
    }
    let parts = html.split(SOUND).enumerate();
    parts.map(|(index, part)| if index % 2 == 1 { play(part) } else { part.to_owned() }).collect()
}

/// The value of HTML's `dir`.
pub(crate) fn dir(direction: Direction) -> &'static str {
    match direction {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    }
}

#[cfg(test)]
mod tests {
    use patra_core::{Link, Tagged};

    use super::*;

    fn hindi() -> Language {
        "hi".parse().expect("a tag")
    }

    #[test]
    fn runs_become_elements() {
        let link = |target: &str| Run::Link(Link { text: "यहाँ".into(), target: target.into() });
        let urdu = Tagged { text: "اردو".into(), language: "ur".parse().expect("a tag") };
        let text: Text = [
            Run::Strong("क".into()),
            Run::Emphasis("ख".into()),
            Run::Superscript("8".into()),
            Run::Subscript("2".into()),
            Run::Strikeout("ग".into()),
            Run::Code("a<b".into()),
            link("https://example.org/?a=1&b=2"),
            link(" java\tscript:alert(1)"),
            link("file:///a"),
            link("#bpo"),
            link("ध्वनि/bpo.mp3"),
            Run::Language(urdu),
            Run::Break,
            Run::Math("x<y".into()),
        ]
        .into_iter()
        .collect();
        assert_eq!(
            Html::of(&text, &hindi()).out,
            "<strong>क</strong><em>ख</em><sup>8</sup><sub>2</sub><s>ग</s><code>a&lt;b</code>\
             <a href=\"https://example.org/?a=1&amp;b=2\">यहाँ</a>यहाँयहाँयहाँयहाँ\u{1}ध्वनि/bpo.mp3\u{1}\
             <span lang=\"ur\" dir=\"rtl\">اردو</span><br>\\(x&lt;y\\)"
        );
    }

    #[test]
    fn what_a_question_quotes_stands_apart() {
        let line = |words: &str| Run::Plain(words.into());
        let text: Text = [line("किसका अर्थ?"), Run::Break, line("क"), Run::Break, line("ख")].into_iter().collect();
        assert_eq!(Html::question(&text, &hindi()).out, "किसका अर्थ?<div class=\"quoted\">क<br>ख</div>");
    }

    #[test]
    fn gaps_are_hidden_with_their_hints() {
        let gap = |text: Text, hint: Option<&str>| Run::Gap(Gap { text, number: None, hint: hint.map(str::to_owned) });
        let text: Text = [
            Run::Plain("राजधानी: ".into()),
            gap("std::vec}}".into(), Some("a::b")),
            Run::Plain(" और ".into()),
            gap([Run::Math("{x^{2}}".into())].into_iter().collect(), None),
        ]
        .into_iter()
        .collect();
        assert_eq!(
            Html::cloze(&text, vec![1, 3], &hindi()).out,
            "राजधानी: {{c1::std&#58;&#58;vec&#125;&#125;::a&#58;&#58;b}} और {{c3::\\({x^{2} }\\)}}"
        );
        assert_eq!(Html::of(&text, &hindi()).out, "राजधानी: std::vec}} और \\({x^{2}}\\)");
    }
}
