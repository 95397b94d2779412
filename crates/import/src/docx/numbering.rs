//! Numbers and letters before paragraphs, which stand nowhere in the text (ECMA-376, 17.9).

use std::collections::{BTreeMap, BTreeSet};

use super::package::Fault;
use super::xml::{self, Node, attribute, child, children, switch, value};

/// Word knows nine levels of lists.
pub(super) const LEVELS: usize = 9;

#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    text: String,
    /// The level, from 1, whose numbers begin this one anew; 0 for none.
    restart: Option<usize>,
    legal: bool,
    style: Option<String>,
}

impl Level {
    fn read(node: Node<'_, '_>) -> Self {
        Level {
            start: value(node, "start").and_then(|start| start.parse().ok()).unwrap_or(0),
            format: format_of(node),
            text: value(node, "lvlText").unwrap_or_default().to_owned(),
            restart: value(node, "lvlRestart").and_then(|level| level.parse().ok()),
            legal: switch(node, "isLgl") == Some(true),
            style: value(node, "pStyle").map(str::to_owned),
        }
    }
}

/// The format of a level. Newer formats stand in `mc:AlternateContent` with an older one for older programs.
fn format_of(node: Node<'_, '_>) -> String {
    let found = node.descendants().find(|inner| xml::is(*inner, "numFmt"));
    found.and_then(|found| attribute(found, "val")).unwrap_or("decimal").to_owned()
}

/// The kind of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A sign that counts nothing.
    Bullet,
    /// A number in digits alone, `1.` or `१)`.
    Plain,
    /// Letters, several numbers, words.
    Other,
}

/// What stands before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub kind: Kind,
    /// As it is shown; empty for bullets.
    pub text: String,
}

#[derive(Clone, Debug, Default)]
struct Num {
    of: String,
    starts: [Option<u32>; LEVELS],
    levels: BTreeMap<usize, Level>,
}

/// The lists of a document, and how far each has counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    lists: BTreeMap<String, BTreeMap<usize, Level>>,
    nums: BTreeMap<String, Num>,
    /// The lists that styles name, by the style's id.
    styled: BTreeMap<String, String>,
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
    begun: BTreeSet<(String, usize)>,
}

impl Numbering {
    pub(super) fn read(text: Option<&str>, name: &str) -> Result<Self, Fault> {
        let mut numbering = Numbering::default();
        let Some(text) = text else { return Ok(numbering) };
        let document = xml::parse(text, name)?;
        let root = document.root_element();
        let mut linked = Vec::new();
        for node in children(root, "abstractNum") {
            let Some(id) = attribute(node, "abstractNumId") else { continue };
            let levels: BTreeMap<usize, Level> = children(node, "lvl").filter_map(numbered).collect();
            numbering.lists.insert(id.to_owned(), levels);
            if let Some(style) = value(node, "styleLink") {
                numbering.styled.insert(style.to_owned(), id.to_owned());
            }
            linked.extend(value(node, "numStyleLink").map(|style| (id.to_owned(), style.to_owned())));
        }
        for (id, style) in linked {
            let levels = numbering.styled.get(&style).and_then(|other| numbering.lists.get(other)).cloned();
            numbering.lists.extend(levels.map(|levels| (id, levels)));
        }
        for node in children(root, "num") {
            let (Some(id), Some(of)) = (attribute(node, "numId"), value(node, "abstractNumId")) else { continue };
            let mut num = Num { of: of.to_owned(), ..Num::default() };
            for change in children(node, "lvlOverride") {
                let Some(level) = level_of(change) else { continue };
                num.starts[level] = value(change, "startOverride").and_then(|start| start.parse().ok());
                num.levels.extend(child(change, "lvl").map(|node| (level, Level::read(node))));
            }
            numbering.nums.insert(id.to_owned(), num);
        }
        Ok(numbering)
    }

    /// The level that a list gives to paragraphs of a style.
    pub(super) fn level_of_style(&self, num: &str, style: &str) -> Option<u8> {
        let levels = self.lists.get(&self.nums.get(num)?.of)?;
        let found = levels.iter().find(|(_, level)| level.style.as_deref() == Some(style))?;
        u8::try_from(*found.0).ok()
    }

    /// Counts a paragraph, and gives what stands before it; `None` if its list is nowhere or shows nothing.
    pub(super) fn next(&mut self, num: &str, level: u8) -> Option<Label> {
        let at = usize::from(level).min(LEVELS - 1);
        let of = self.nums.get(num)?;
        let list = self.lists.get(&of.of)?;
        let get = |level: usize| of.levels.get(&level).or_else(|| list.get(&level));
        let own = get(at)?;
        let counts = self.counts.entry(of.of.clone()).or_default();
        let first = self.begun.insert((num.to_owned(), at));
        counts[at] = Some(match (counts[at], of.starts[at]) {
            (_, Some(start)) if first => start,
            (Some(count), _) => count.saturating_add(1),
            (None, _) => own.start,
        });
        for (below, count) in counts.iter_mut().enumerate().skip(at + 1) {
            let again = match get(below).and_then(|level| level.restart) {
                Some(0) => false,
                Some(restart) => at < restart,
                None => true,
            };
            if again {
                *count = None;
            }
        }
        // Levels above that have not counted yet count from now on, as Word shows them.
        for (above, count) in counts.iter_mut().enumerate().take(at) {
            if count.is_none() {
                *count = get(above).map(|level| of.starts[above].unwrap_or(level.start));
            }
        }
        if own.format == "bullet" {
            return Some(Label { kind: Kind::Bullet, text: String::new() });
        }
        let mut text = String::new();
        let mut numbers = 0;
        let mut chars = own.text.chars().peekable();
        while let Some(c) = chars.next() {
            let shown = chars.peek().and_then(|digit| digit.to_digit(10)).filter(|digit| c == '%' && *digit > 0);
            let Some(shown) = shown else {
                text.push(c);
                continue;
            };
            chars.next();
            let shown = shown as usize - 1;
            let Some(count) = counts.get(shown).copied().flatten() else { continue };
            let format = get(shown).map_or("decimal", |level| level.format.as_str());
            let written = if own.legal { count.to_string() } else { written(count, format) };
            numbers += usize::from(!written.is_empty());
            text.push_str(&written);
        }
        let text = text.trim().to_owned();
        if text.is_empty() {
            return None;
        }
        let body = text.trim_end_matches(['.', ')', ':']);
        let plain = numbers == 1 && text.len() <= body.len() + 1 && body.chars().all(|c| c.is_ascii_digit());
        Some(Label { kind: if plain { Kind::Plain } else { Kind::Other }, text })
    }
}

fn level_of(node: Node<'_, '_>) -> Option<usize> {
    attribute(node, "ilvl").and_then(|level| level.parse().ok()).filter(|level| *level < LEVELS)
}

fn numbered(node: Node<'_, '_>) -> Option<(usize, Level)> {
    Some((level_of(node)?, Level::read(node)))
}

/// A number in a format (ECMA-376, 17.18.59).
pub(crate) fn written(count: u32, format: &str) -> String {
    /// Word's names for the two are exchanged: `hindiVowels` counts by consonants.
    const CONSONANTS: &str = "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह";
    const VOWELS: &str = "अआइईउऊऋऌऍऎएऐऑऒओऔ";
    const ARABIC: &str = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي";
    const ABJAD: &str = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ";
    const HINDI: [&str; 20] = [
        "एक",
        "दो",
        "तीन",
        "चार",
        "पाँच",
        "छह",
        "सात",
        "आठ",
        "नौ",
        "दस",
        "ग्यारह",
        "बारह",
        "तेरह",
        "चौदह",
        "पंद्रह",
        "सोलह",
        "सत्रह",
        "अठारह",
        "उन्नीस",
        "बीस",
    ];
    const ENGLISH: [(&str, &str); 20] = [
        ("One", "First"),
        ("Two", "Second"),
        ("Three", "Third"),
        ("Four", "Fourth"),
        ("Five", "Fifth"),
        ("Six", "Sixth"),
        ("Seven", "Seventh"),
        ("Eight", "Eighth"),
        ("Nine", "Ninth"),
        ("Ten", "Tenth"),
        ("Eleven", "Eleventh"),
        ("Twelve", "Twelfth"),
        ("Thirteen", "Thirteenth"),
        ("Fourteen", "Fourteenth"),
        ("Fifteen", "Fifteenth"),
        ("Sixteen", "Sixteenth"),
        ("Seventeen", "Seventeenth"),
        ("Eighteen", "Eighteenth"),
        ("Nineteen", "Nineteenth"),
        ("Twenty", "Twentieth"),
    ];
    let listed = (count as usize).checked_sub(1);
    match format {
        "none" => String::new(),
        "decimalZero" => format!("{count:02}"),
        "upperLetter" => repeated(count, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "lowerLetter" => repeated(count, "abcdefghijklmnopqrstuvwxyz"),
        "upperRoman" => roman(count),
        "lowerRoman" => roman(count).to_lowercase(),
        "hindiVowels" => repeated(count, CONSONANTS),
        "hindiConsonants" => repeated(count, VOWELS),
        "hindiNumbers" => digits(count, '०'),
        "hindiCounting" => {
            listed.and_then(|at| HINDI.get(at)).map_or_else(|| digits(count, '०'), |word| (*word).to_owned())
        }
        "arabicAlpha" => repeated(count, ARABIC),
        "arabicAbjad" => repeated(count, ABJAD),
        "numberInDash" => format!("- {count} -"),
        "hex" => format!("{count:X}"),
        "ordinal" => format!(
            "{count}{}",
            match (count % 10, count % 100) {
                (_, 11..=13) => "th",
                (1, _) => "st",
                (2, _) => "nd",
                (3, _) => "rd",
                _ => "th",
            }
        ),
        "cardinalText" => {
            listed.and_then(|at| ENGLISH.get(at)).map_or_else(|| count.to_string(), |word| word.0.to_owned())
        }
        "ordinalText" => {
            listed.and_then(|at| ENGLISH.get(at)).map_or_else(|| count.to_string(), |word| word.1.to_owned())
        }
        _ => count.to_string(),
    }
}

/// `a` to `z`, then `aa` to `zz`, as Word goes on.
fn repeated(count: u32, letters: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    let Some(at) = (count as usize).checked_sub(1) else { return count.to_string() };
    let times = at / letters.len() + 1;
    if times > 30 {
        return count.to_string();
    }
    std::iter::repeat_n(letters[at % letters.len()], times).collect()
}

fn roman(count: u32) -> String {
    const VALUES: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if count == 0 || count >= 4000 {
        return count.to_string();
    }
    let mut left = count;
    let mut out = String::new();
    for (value, letters) in VALUES {
        while left >= value {
            out.push_str(letters);
            left -= value;
        }
    }
    out
}

fn digits(count: u32, zero: char) -> String {
    let digit = |c: char| char::from_u32(zero as u32 + c.to_digit(10).unwrap_or(0)).unwrap_or(c);
    count.to_string().chars().map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_their_format() {
        for (format, count, shown) in [
            ("decimal", 12, "12"),
            ("decimalZero", 3, "03"),
            ("lowerLetter", 27, "aa"),
            ("upperLetter", 2, "B"),
            ("lowerRoman", 14, "xiv"),
            ("upperRoman", 1999, "MCMXCIX"),
            ("hindiVowels", 3, "ग"),
            ("hindiConsonants", 2, "आ"),
            ("hindiNumbers", 25, "२५"),
            ("hindiCounting", 3, "तीन"),
            ("ordinal", 12, "12th"),
            ("ordinal", 22, "22nd"),
            ("none", 4, ""),
            ("lowerLetter", 0, "0"),
        ] {
            assert_eq!(written(count, format), shown, "{format}");
        }
    }

    #[test]
    fn levels_count_restart_and_start_where_they_are_told() {
        let xml = r#"<w:numbering xmlns:w="w">
            <w:abstractNum w:abstractNumId="0">
              <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
              <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
              <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
            </w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
            <w:num w:numId="2"><w:abstractNumId w:val="0"/>
              <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
          </w:numbering>"#;
        let mut numbering = Numbering::read(Some(xml), "numbering.xml").expect("it is well-formed");
        let mut shown = |num: &str, level: u8| numbering.next(num, level).map(|label| label.text).unwrap_or_default();
        let steps =
            [("1", 0), ("1", 1), ("1", 1), ("1", 0), ("1", 1), ("1", 2), ("2", 0), ("2", 0), ("1", 0), ("9", 0)];
        let labels: Vec<String> = steps.iter().map(|(num, level)| shown(num, *level)).collect();
        assert_eq!(labels, ["1.", "(a)", "(b)", "2.", "(a)", "2.a.1", "7.", "8.", "9.", ""]);
    }
}
