//! Themes read from TOML, every problem with its place.

use patra_core::{Code, Diagnostic, Source, Span, Warned};
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
            vec![Diagnostic::new(Code::Theme, span, format!("the theme is not TOML: {}", error.message()))]
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
                _ => reader.unknown(
                    key,
                    "a theme",
                    &["base", "families", "margins", "sizes", "spacing", "colours", "cards"],
                ),
            }
        }
        if !reader.problems.is_empty() {
            reader.problems.sort_by_key(|problem| problem.span.start());
            return Err(reader.problems);
        }
        let colours = document.get("colours").and_then(|value| value.get_ref().as_table());
        let warnings = theme.faint().into_iter().map(|(name, on, contrast)| {
            let at = colours.and_then(|colours| colours.get(name)).map_or(colours_at, |value| span(value.span()));
            let least = Theme::LEAST_CONTRAST;
            let message = format!("`{name}` has a contrast of {contrast:.1} on {on}; text reads well from {least}");
            Diagnostic::new(Code::FaintText, at, message).with_hint("take a darker colour, or a lighter ground")
        });
        let warnings = warnings.collect();
        Ok(Warned { output: theme, warnings })
    }
}

impl Reader {
    fn tell(&mut self, at: std::ops::Range<usize>, message: String, hint: &str) {
        self.problems.push(Diagnostic::new(Code::Theme, span(at), message).with_hint(hint));
    }

    fn unknown(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, of: &str, known: &[&str]) {
        let name = key.get_ref();
        let hint = match known.iter().find(|known| near(name, known)) {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("{of} has {}", quoted(known)),
        };
        self.tell(key.span(), format!("{of} has no `{name}`"), &hint);
    }

    fn base(&mut self, value: &Value<'_>) -> Theme {
        let name = value.get_ref().as_str().unwrap_or_default();
        Theme::named(name).unwrap_or_else(|| {
            let hint = format!("the themes that come with patra are {}", quoted(&Theme::NAMES));
            self.tell(value.span(), format!("`base` names no theme: {}", shown(value)), &hint);
            Theme::default()
        })
    }

    fn names(&mut self, value: &Value<'_>) -> Vec<String> {
        let hint = "write a list of names: families = [\"Noto Sans Devanagari\"]";
        let Some(array) = value.get_ref().as_array() else {
            self.tell(value.span(), format!("`families` is a list of names, not {}", shown(value)), hint);
            return Vec::new();
        };
        let mut names = Vec::new();
        for value in array {
            match value.get_ref().as_str().filter(|name| !name.trim().is_empty()) {
                Some(name) => names.push(name.trim().to_owned()),
                None => self.tell(value.span(), format!("{} is no name of a family", shown(value)), hint),
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
            let hint = format!("write `[{name}]` on a line of its own, and its keys below it");
            self.tell(value.span(), format!("`{name}` is a table, not {}", shown(value)), &hint);
            return;
        };
        for (key, value) in table {
            if known.contains(&key.get_ref().as_ref()) {
                take(self, key.get_ref(), value);
            } else {
                self.unknown(key, &format!("`[{name}]`"), known);
            }
        }
    }

    fn number(&mut self, key: &str, value: &Value<'_>, (least, most): (f32, f32), unit: &str) -> Option<f32> {
        let number = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse::<f32>().ok().filter(|_| number.radix() == 10),
            DeValue::Float(number) => number.as_str().parse::<f32>().ok(),
            _ => None,
        };
        let number = number.filter(|number| (least..=most).contains(number));
        if number.is_none() {
            let message = format!("`{key}` is a number of {unit} from {least} to {most}, not {}", shown(value));
            self.tell(value.span(), message, &format!("write it without its unit: {key} = {least}"));
        }
        number
    }

    fn four(&mut self, key: &str, value: &Value<'_>, range: (f32, f32), into: &mut [f32; 4]) {
        let array = value.get_ref().as_array().filter(|array| (1..=4).contains(&array.len()));
        let Some(array) = array else {
            let message = format!("`{key}` is a list of one to four numbers of points, not {}", shown(value));
            self.tell(value.span(), message, &format!("write one for each depth: {key} = [15, 12.5, 11, 10.5]"));
            return;
        };
        let mut last = into[0];
        for (i, place) in into.iter_mut().enumerate() {
            // Depths that the list doesn't reach are as its last.
            if let Some(value) = array.get(i) {
                last = self.number(key, value, range, "points").unwrap_or(last);
            }
            *place = last;
        }
    }

    fn margins(&mut self, value: &Value<'_>, theme: &mut Theme) {
        let range = (Margins::LEAST, Margins::MOST);
        self.table("margins", value, &["top", "side", "bottom"], |reader, key, value| {
            let Some(mm) = reader.number(key, value, range, "millimetres") else { return };
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
            let Some(points) = reader.number(key, value, range, "points") else { return };
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
                "lines" => reader.number(key, value, (0.8, 3.0), "times the usual"),
                "padding" => reader.number(key, value, (0.0, 20.0), "points"),
                _ => reader.number(key, value, SPACES, "points"),
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
                let message = format!("`{key}` is a colour, not {}", shown(value));
                let hint = format!("write red, green and blue in hexadecimal: {key} = \"#1b4b66\"");
                reader.tell(value.span(), message, &hint);
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
            let Some(points) = reader.number(key, value, (6.0, 36.0), "points") else { return };
            match key {
                "largest" => cards.largest = points,
                _ => cards.smallest = points,
            }
        });
        if cards.largest < cards.smallest && self.problems.is_empty() {
            let message = format!("`largest` is smaller than `smallest`: {} and {}", cards.largest, cards.smallest);
            self.tell(value.span(), message, "write the larger number for `largest`");
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
fn shown(value: &Value<'_>) -> String {
    match value.get_ref() {
        DeValue::String(text) => format!("`{}`", text.chars().take(40).collect::<String>()),
        DeValue::Integer(number) => format!("`{}`", number.as_str().chars().take(40).collect::<String>()),
        DeValue::Float(number) => format!("`{}`", number.as_str().chars().take(40).collect::<String>()),
        DeValue::Boolean(value) => format!("`{value}`"),
        DeValue::Datetime(_) => "a date".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
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
