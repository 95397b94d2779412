//! Themes read from TOML, every problem with its place.

use patra_core::{Code, Diagnostic, Phrase, Source, Span, Warned, phrase};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Colour, Margins, Theme};

/// The least and the greatest size of type, in points.
const SIZES: (f32, f32) = (5.0, 72.0);
/// The least and the greatest space, in points.
const SPACES: (f32, f32) = (0.0, 72.0);

/// The largest theme file that is read, in bytes. A theme takes less than two thousand.
const LARGEST: usize = 1 << 20;

/// What is read, and what is wrong with it.
struct Reader {
    problems: Vec<Diagnostic>,
}

/// What a number is of.
#[derive(Clone, Copy)]
enum Unit {
    Points,
    Millimetres,
    /// Multiples of what is usual.
    Times,
}

type Value<'a> = Spanned<DeValue<'a>>;

impl Theme {
    /// Reads a theme from TOML. What it doesn't say is as in the theme that `base` names, or else as in `standard`.
    ///
    /// Warnings tell of text that stands out too little from its ground.
    ///
    /// # Errors
    /// Every problem with its place: what is no TOML, keys that no theme has, and values of the wrong kind or out of range.
    pub fn read(source: &Source) -> Result<Warned<Theme>, Vec<Diagnostic>> {
        if source.text().len() > LARGEST {
            return Err(vec![Diagnostic::new(Code::Theme, Span::NONE, "a theme of more than 1 MiB is not read")]);
        }
        let document = DeTable::parse(source.text()).map_err(|error| {
            let span = error.span().map_or(Span::NONE, |span| Span::new(span.start, span.end.max(span.start)));
            vec![Diagnostic::new(Code::Theme, span, phrase!("the theme is not TOML: {$why}", why = error.message()))]
        })?;
        let document = document.into_inner();
        let mut reader = Reader { problems: Vec::new() };
        let mut theme = match document.get("base") {
            None => Theme::default(),
            Some(base) => reader.base(base),
        };
        let mut colours_at = Span::NONE;
        for (key, value) in &document {
            match key.get_ref().as_ref() {
                "base" => {}
                "families" => theme.families = reader.names(value),
                "margins" => reader.margins(value, &mut theme),
                "sizes" => reader.sizes(value, &mut theme),
                "spacing" => reader.spacing(value, &mut theme),
                "colours" => {
                    colours_at = span(key.span());
                    reader.colours(value, &mut theme);
                }
                "cards" => reader.cards(value, &mut theme),
                _ => {
                    reader.unknown(key, None, &["base", "families", "margins", "sizes", "spacing", "colours", "cards"])
                }
            }
        }
        if !reader.problems.is_empty() {
            reader.problems.sort_by_key(|problem| problem.span.start());
            return Err(reader.problems);
        }
        let colours = document.get("colours").and_then(|value| value.get_ref().as_table());
        let warnings = theme.faint().into_iter().map(|(name, on, contrast)| {
            let at = colours.and_then(|colours| colours.get(name)).map_or(colours_at, |value| span(value.span()));
            let (least, contrast) = (Theme::LEAST_CONTRAST.to_string(), format!("{contrast:.1}"));
            let message = match on {
                None => phrase!(
                    "`{$name}` has a contrast of {$contrast} on white paper; text reads well from {$least}",
                    name,
                    contrast,
                    least
                ),
                Some(on) => phrase!(
                    "`{$name}` has a contrast of {$contrast} on `{$on}`; text reads well from {$least}",
                    name,
                    contrast,
                    on,
                    least
                ),
            };
            Diagnostic::new(Code::FaintText, at, message).with_hint("take a darker colour, or a lighter ground")
        });
        let warnings = warnings.collect();
        Ok(Warned { output: theme, warnings })
    }
}

impl Reader {
    fn problem_at(&mut self, at: std::ops::Range<usize>, message: Phrase, hint: Phrase) {
        self.problems.push(Diagnostic::new(Code::Theme, span(at), message).with_hint(hint));
    }

    /// Tells of a key that a table of the theme doesn't have, or the theme itself.
    fn unknown(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, table: Option<&str>, known: &[&str]) {
        let name: &str = key.get_ref();
        let hint = match (known.iter().find(|known| near(name, known)), table) {
            (Some(known), _) => phrase!("did you mean `{$known}`?", known),
            (None, Some(table)) => phrase!("`[{$table}]` has {$known}", table, known = quoted(known)),
            (None, None) => phrase!("a theme has {$known}", known = quoted(known)),
        };
        let message = match table {
            Some(table) => phrase!("`[{$table}]` has no `{$name}`", table, name),
            None => phrase!("a theme has no `{$name}`", name),
        };
        self.problem_at(key.span(), message, hint);
    }

    fn base(&mut self, value: &Value<'_>) -> Theme {
        let name = value.get_ref().as_str().unwrap_or_default();
        Theme::named(name).unwrap_or_else(|| {
            let hint = phrase!("the themes that come with patra are {$names}", names = quoted(&Theme::NAMES));
            self.problem_at(value.span(), phrase!("`base` names no theme: {$value}", value = shown(value)), hint);
            Theme::default()
        })
    }

    fn names(&mut self, value: &Value<'_>) -> Vec<String> {
        let hint = || phrase!("write a list of names: {$example}", example = "families = [\"Noto Sans Devanagari\"]");
        let Some(array) = value.get_ref().as_array() else {
            let message = phrase!("`families` is a list of names, not {$value}", value = shown(value));
            self.problem_at(value.span(), message, hint());
            return Vec::new();
        };
        let mut names = Vec::new();
        for value in array {
            match value.get_ref().as_str().filter(|name| !name.trim().is_empty()) {
                Some(name) => names.push(name.trim().to_owned()),
                None => {
                    let message = phrase!("{$value} is no name of a family", value = shown(value));
                    self.problem_at(value.span(), message, hint());
                }
            }
        }
        names
    }

    /// The keys of a table, each given to `take`, which says whether it knows it.
    fn table(
        &mut self,
        name: &str,
        value: &Value<'_>,
        known: &[&str],
        mut take: impl FnMut(&mut Self, &str, &Value<'_>),
    ) {
        let Some(table) = value.get_ref().as_table() else {
            let hint = phrase!("write `[{$name}]` on a line of its own, and its keys below it", name);
            self.problem_at(
                value.span(),
                phrase!("`{$name}` is a table, not {$value}", name, value = shown(value)),
                hint,
            );
            return;
        };
        for (key, value) in table {
            if known.contains(&key.get_ref().as_ref()) {
                take(self, key.get_ref(), value);
            } else {
                self.unknown(key, Some(name), known);
            }
        }
    }

    fn number(&mut self, key: &str, value: &Value<'_>, (least, most): (f32, f32), unit: Unit) -> Option<f32> {
        let number = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse::<f32>().ok().filter(|_| number.radix() == 10),
            DeValue::Float(number) => number.as_str().parse::<f32>().ok(),
            _ => None,
        };
        let number = number.filter(|number| (least..=most).contains(number));
        if number.is_none() {
            let example = format!("{key} = {least}");
            let (least, most, shown) = (least.to_string(), most.to_string(), shown(value));
            let message = match unit {
                Unit::Points => phrase!(
                    "`{$key}` is a number of points from {$least} to {$most}, not {$shown}",
                    key,
                    least,
                    most,
                    shown
                ),
                Unit::Millimetres => phrase!(
                    "`{$key}` is a number of millimetres from {$least} to {$most}, not {$shown}",
                    key,
                    least,
                    most,
                    shown
                ),
                Unit::Times => phrase!(
                    "`{$key}` is a number of times the usual from {$least} to {$most}, not {$shown}",
                    key,
                    least,
                    most,
                    shown
                ),
            };
            self.problem_at(value.span(), message, phrase!("write it without its unit: {$example}", example));
        }
        number
    }

    fn four(&mut self, key: &str, value: &Value<'_>, range: (f32, f32), into: &mut [f32; 4]) {
        let array = value.get_ref().as_array().filter(|array| (1..=4).contains(&array.len()));
        let Some(array) = array else {
            let value_shown = shown(value);
            let message =
                phrase!("`{$key}` is a list of one to four numbers of points, not {$value}", key, value = value_shown);
            let example = format!("{key} = [15, 12.5, 11, 10.5]");
            self.problem_at(value.span(), message, phrase!("write one for each depth: {$example}", example));
            return;
        };
        let mut last = into[0];
        for (i, place) in into.iter_mut().enumerate() {
            // Depths that the list doesn't reach are as its last.
            if let Some(value) = array.get(i) {
                last = self.number(key, value, range, Unit::Points).unwrap_or(last);
            }
            *place = last;
        }
    }

    fn margins(&mut self, value: &Value<'_>, theme: &mut Theme) {
        let range = (Margins::LEAST, Margins::MOST);
        self.table("margins", value, &["top", "side", "bottom"], |reader, key, value| {
            let Some(mm) = reader.number(key, value, range, Unit::Millimetres) else { return };
            match key {
                "top" => theme.margins.top = mm,
                "side" => theme.margins.side = mm,
                _ => theme.margins.bottom = mm,
            }
        });
    }

    fn sizes(&mut self, value: &Value<'_>, theme: &mut Theme) {
        let known = ["body", "small", "table", "code", "title", "headings", "mark"];
        let sizes = &mut theme.sizes;
        self.table("sizes", value, &known, |reader, key, value| {
            if key == "headings" {
                return reader.four(key, value, SIZES, &mut sizes.headings);
            }
            let range = if key == "mark" { (SIZES.0, 14.0) } else { SIZES };
            let Some(points) = reader.number(key, value, range, Unit::Points) else { return };
            match key {
                "body" => sizes.body = points,
                "small" => sizes.small = points,
                "table" => sizes.table = points,
                "code" => sizes.code = points,
                "title" => sizes.title = points,
                _ => sizes.mark = points,
            }
        });
    }

    fn spacing(&mut self, value: &Value<'_>, theme: &mut Theme) {
        let known = ["lines", "paragraphs", "items", "indent", "padding", "above-headings"];
        let spacing = &mut theme.spacing;
        self.table("spacing", value, &known, |reader, key, value| {
            if key == "above-headings" {
                return reader.four(key, value, SPACES, &mut spacing.above_headings);
            }
            let number = match key {
                "lines" => reader.number(key, value, (0.8, 3.0), Unit::Times),
                "padding" => reader.number(key, value, (0.0, 20.0), Unit::Points),
                _ => reader.number(key, value, SPACES, Unit::Points),
            };
            let Some(number) = number else { return };
            match key {
                "lines" => spacing.lines = number,
                "paragraphs" => spacing.paragraphs = number,
                "items" => spacing.items = number,
                "indent" => spacing.indent = number,
                _ => spacing.padding = number,
            }
        });
    }

    fn colours(&mut self, value: &Value<'_>, theme: &mut Theme) {
        let known = ["ink", "muted", "accent", "rule", "ground", "head-ground"];
        let colours = &mut theme.colours;
        self.table("colours", value, &known, |reader, key, value| {
            let Some(colour) = value.get_ref().as_str().and_then(Colour::of_hex) else {
                let message = phrase!("`{$key}` is a colour, not {$value}", key, value = shown(value));
                let example = format!("{key} = \"#1b4b66\"");
                let hint = phrase!("write red, green and blue in hexadecimal: {$example}", example);
                reader.problem_at(value.span(), message, hint);
                return;
            };
            match key {
                "ink" => colours.ink = colour,
                "muted" => colours.muted = colour,
                "accent" => colours.accent = colour,
                "rule" => colours.rule = colour,
                "ground" => colours.ground = colour,
                _ => colours.head_ground = colour,
            }
        });
    }

    fn cards(&mut self, value: &Value<'_>, theme: &mut Theme) {
        let cards = &mut theme.cards;
        self.table("cards", value, &["largest", "smallest"], |reader, key, value| {
            let Some(points) = reader.number(key, value, (6.0, 36.0), Unit::Points) else { return };
            match key {
                "largest" => cards.largest = points,
                _ => cards.smallest = points,
            }
        });
        if cards.largest < cards.smallest && self.problems.is_empty() {
            let (largest, smallest) = (cards.largest.to_string(), cards.smallest.to_string());
            let message =
                phrase!("`largest` is smaller than `smallest`: {$largest} and {$smallest}", largest, smallest);
            self.problem_at(value.span(), message, phrase!("write the larger number for `largest`"));
        }
    }
}

impl Colour {
    /// A colour as it is written in the web's style sheets: `#1b4b66` or `#000`.
    fn of_hex(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize, length: usize| u8::from_str_radix(digits.get(at..at + length)?, 16).ok();
        match digits.len() {
            6 => Some(Colour([part(0, 2)?, part(2, 2)?, part(4, 2)?])),
            3 => Some(Colour([part(0, 1)? * 17, part(1, 1)? * 17, part(2, 1)? * 17])),
            _ => None,
        }
    }
}

fn span(range: std::ops::Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// A value as it is told of in a message.
fn shown(value: &Value<'_>) -> Phrase {
    let words = match value.get_ref() {
        DeValue::String(text) => format!("`{}`", text.chars().take(40).collect::<String>()),
        DeValue::Integer(number) => format!("`{}`", number.as_str().chars().take(40).collect::<String>()),
        DeValue::Float(number) => format!("`{}`", number.as_str().chars().take(40).collect::<String>()),
        DeValue::Boolean(value) => format!("`{value}`"),
        DeValue::Datetime(_) => return phrase!("a date"),
        DeValue::Array(_) => return phrase!("a list"),
        DeValue::Table(_) => return phrase!("a table"),
    };
    Phrase::verbatim(words)
}

/// Whether a key may be meant for another: written otherwise, or but one or two letters away.
fn near(written: &str, known: &str) -> bool {
    let written = written.to_lowercase().replace(['_', ' '], "-").replace("colors", "colours");
    distance(&written, known) <= if known.len() > 4 { 2 } else { 1 }
}

/// How many letters have to be changed, added or taken away to make one word of the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    if one.len() > 40 {
        return usize::MAX;
    }
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut before = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in other.iter().enumerate() {
            let next = (before + usize::from(a != *b)).min(row[j] + 1).min(row[j + 1] + 1);
            before = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Warned<Theme>, Vec<Diagnostic>> {
        Theme::read(&Source::new(text.to_owned()))
    }

    /// Each problem as its line, its column, its message and its hint.
    fn wrong(text: &str) -> Vec<String> {
        let source = Source::new(text.to_owned());
        let problems = Theme::read(&source).expect_err("it is wrong");
        let told = problems.iter().map(|problem| {
            let place = source.position(problem.span.start());
            let hint = problem.hint.as_deref().unwrap_or_default();
            format!("{}:{} {} ({hint})", place.line, place.column, problem.message)
        });
        told.collect()
    }

    #[test]
    fn what_a_theme_says_it_has() {
        let text = "base = \"large-print\"\nfamilies = [\"Tiro\"]\n[margins]\nside = 30\n[sizes]\nbody = 20\nheadings = [30, 24]\n\
                    [spacing]\nlines = 1.5\nabove-headings = [9]\n[colours]\nink = \"#123\"\nhead-ground = \"#FFFFFF\"\n\
                    [cards]\nlargest = 20.5\nsmallest = 19";
        let made = read(text).expect("a theme");
        assert!(made.warnings.is_empty(), "{:?}", made.warnings);
        let theme = made.output;
        assert_eq!((theme.margins.side, theme.margins.top), (30.0, 27.0));
        assert_eq!((theme.sizes.body, theme.sizes.headings), (20.0, [30.0, 24.0, 24.0, 24.0]));
        assert_eq!((theme.spacing.lines, theme.spacing.above_headings), (1.5, [9.0; 4]));
        assert_eq!((theme.colours.ink, theme.colours.head_ground), (Colour([0x11, 0x22, 0x33]), Colour([0xff; 3])));
        assert_eq!((theme.cards.largest, theme.families), (20.5, vec!["Tiro".to_owned()]));
        assert_eq!(read("").expect("a theme").output, Theme::default());
    }

    #[test]
    fn every_problem_has_its_place_and_a_hint() {
        let text = "base = \"big\"\ncolors = 3\n[sizes]\nbodi = 12\nbody = \"12pt\"\nheadings = []\n[colours]\nink = \"black\"\n\
                    # क्षमा\n[margins]\ntop = 5\nleft = 9\n[cards]\nlargest = nan";
        insta::assert_snapshot!(wrong(text).join("\n"));
    }

    #[test]
    fn what_is_no_toml_is_told_with_its_place() {
        let told = wrong("[sizes]\nbody = = 3");
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("2:8 the theme is not TOML"), "{told:?}");
        assert!(wrong(&"[".repeat(100_000))[0].contains("TOML"));
        assert!(wrong(&format!("a = {}", "[".repeat(100_000)))[0].contains("TOML"));
        assert!(wrong(&"#".repeat(LARGEST + 1))[0].contains("1 MiB"));
    }

    #[test]
    fn faint_text_is_warned_of_where_its_colour_stands() {
        let text = "[colours]\nmuted = \"#999\"";
        let warnings = read(text).expect("a theme").warnings;
        assert_eq!(warnings.len(), 1);
        assert_eq!((warnings[0].code, warnings[0].span.start()), (Code::FaintText, text.find("\"#").expect("it")));
        // A ground that is too dark is told at the colours.
        assert_eq!(read("[colours]\nground = \"#555\"").expect("a theme").warnings.len(), 3);
    }
}
