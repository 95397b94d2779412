//! What patra says of its own, in English and in the languages that have a catalogue.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use crate::{Code, Id, Language, Locale};

/// A sentence that patra says to a person: a message or a hint.
///
/// It is made by [`phrase!`](crate::phrase!), which keeps the English template and its arguments, so that it can be said in
/// another language as well ([`Phrase::to`]). As a string (`Deref`, `Display`, `==`) it is English.
///
/// ```
/// use patra_core::{Locale, Phrase, phrase};
/// let phrase = phrase!("the gap is not closed");
/// assert_eq!(phrase, "the gap is not closed");
/// assert_ne!(phrase.to(Locale::Hindi), "the gap is not closed");
/// let phrase = phrase!("no font at hand can draw `{$letter}` ({$code})", letter = 'x', code = "U+0078");
/// assert_eq!(phrase, "no font at hand can draw `x` (U+0078)");
/// ```
#[derive(Clone)]
pub struct Phrase {
    template: Template,
    arguments: Vec<(&'static str, Argument)>,
    english: Cow<'static, str>,
}

/// The English template of a phrase, by which catalogues know it.
#[derive(Clone, Copy)]
enum Template {
    /// The phrase has no arguments, and its words are its template.
    Same,
    /// Of a phrase with a plural, the one for 1.
    Of(&'static str),
    /// The phrase is a plain string, which is said as it is in every language.
    None,
}

/// What stands in the place of a name in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Argument {
    /// Words that are the same in every language: the author's own, an id, a name of a file.
    Words(String),
    /// A number, which selects the plural where it is the first of the phrase's.
    Number(u64),
    /// Words of patra's own, which are translated too.
    Phrase(Phrase),
}

/// A [`Phrase`](crate::Phrase): an English template, with names of arguments as in `{$name}`, and their values.
///
/// `name` stands for `name = name`. Two templates, `"1 item" | "{$count} items"`, are for 1 and for other numbers, told by the
/// first number among the arguments; it may be left out of the first. That names and arguments fit is checked by the compiler,
/// and that there is a translation by a test.
///
/// ```
/// use patra_core::phrase;
/// let items = |count: usize| phrase!("1 item" | "{$count} items", count);
/// assert_eq!([items(1), items(7)].map(|phrase| phrase.to_string()), ["1 item", "7 items"]);
/// ```
#[macro_export]
macro_rules! phrase {
    ($template:literal $(,)?) => {
        $crate::Phrase::from($template)
    };
    ($template:literal $(, $name:ident $(= $value:expr)?)+ $(,)?) => {{
        const { ::core::assert!($crate::fits($template, &[$(::core::stringify!($name)),+], true), "names and arguments differ") }
        $crate::Phrase::new($template, $template, ::std::vec![$((::core::stringify!($name), $crate::phrase!(@ $name $(= $value)?))),+])
    }};
    ($one:literal | $many:literal $(, $name:ident $(= $value:expr)?)+ $(,)?) => {{
        const { ::core::assert!($crate::fits($one, &[$(::core::stringify!($name)),+], false), "names and arguments differ") }
        const { ::core::assert!($crate::fits($many, &[$(::core::stringify!($name)),+], true), "names and arguments differ") }
        $crate::Phrase::new($one, $many, ::std::vec![$((::core::stringify!($name), $crate::phrase!(@ $name $(= $value)?))),+])
    }};
    (@ $name:ident) => { $crate::ToArgument::to_argument(&$name) };
    (@ $name:ident = $value:expr) => { $crate::ToArgument::to_argument(&$value) };
}

/// The name of a kind of thing, which becomes a phrase where it is said, by [`Phrase::from`](crate::Phrase): the string itself, marked for the test that
/// holds the catalogues complete.
#[macro_export]
macro_rules! noun {
    ($template:literal) => {
        $template
    };
}

impl Phrase {
    /// The phrase of a template, or of its two forms; `phrase!` calls it.
    #[must_use]
    pub fn new(one: &'static str, many: &'static str, arguments: Vec<(&'static str, Argument)>) -> Self {
        let template = if number(&arguments) == Some(1) { one } else { many };
        let english = fill(template, &arguments, Locale::English);
        Phrase { template: Template::Of(one), arguments, english: Cow::Owned(english) }
    }

    /// Words that are no phrase of patra's, such as what another library says of its own: the same in every language.
    #[must_use]
    pub fn verbatim(words: impl Into<String>) -> Self {
        Phrase { template: Template::None, arguments: Vec::new(), english: Cow::Owned(words.into()) }
    }

    /// The phrase in a language; in English, where there is no translation.
    #[must_use]
    pub fn to(&self, locale: Locale) -> Cow<'_, str> {
        let forms = match self.template {
            Template::Same => locale.forms(&self.english),
            Template::Of(template) => locale.forms(template),
            Template::None => None,
        };
        match forms.and_then(|forms| forms.of(number(&self.arguments))) {
            Some(form) if self.arguments.is_empty() => Cow::Borrowed(form),
            Some(form) => Cow::Owned(fill(form, &self.arguments, locale)),
            None => Cow::Borrowed(&self.english),
        }
    }

    /// The phrase in English.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.english
    }
}

/// The number by which a plural is told.
fn number(arguments: &[(&str, Argument)]) -> Option<u64> {
    arguments.iter().find_map(|(_, value)| match value {
        Argument::Number(number) => Some(*number),
        _ => None,
    })
}

/// A template with its arguments in the place of their names. What looks like a name and is none stays as it is.
fn fill(template: &str, arguments: &[(&str, Argument)], locale: Locale) -> String {
    let mut filled = String::with_capacity(template.len() + 16 * arguments.len());
    let mut rest = template;
    while let Some(at) = rest.find("{$") {
        filled.push_str(&rest[..at]);
        rest = &rest[at..];
        let value = rest.find('}').and_then(|end| {
            let (_, value) = arguments.iter().find(|(name, _)| *name == &rest[2..end])?;
            Some((end, value))
        });
        let Some((end, value)) = value else {
            filled.push_str("{$");
            rest = &rest[2..];
            continue;
        };
        match value {
            Argument::Words(words) => filled.push_str(words),
            Argument::Number(number) => filled.push_str(&number.to_string()),
            Argument::Phrase(phrase) => filled.push_str(&phrase.to(locale)),
        }
        rest = &rest[end + 1..];
    }
    filled.push_str(rest);
    filled
}

/// Whether a template names none but these arguments and, where `all` is set, each of them. `phrase!` asks it as it is compiled.
#[must_use]
pub const fn fits(template: &str, names: &[&str], all: bool) -> bool {
    let text = template.as_bytes();
    let mut used: u64 = 0;
    let mut at = 0;
    while at + 1 < text.len() {
        if text[at] != b'{' || text[at + 1] != b'$' {
            at += 1;
            continue;
        }
        let start = at + 2;
        let mut end = start;
        while end < text.len() && text[end] != b'}' {
            end += 1;
        }
        let mut which = 0;
        while which < names.len() && !same(text, start, end, names[which].as_bytes()) {
            which += 1;
        }
        if end == text.len() || which == names.len() || which >= 64 {
            return false;
        }
        used |= 1 << which;
        at = end;
    }
    !all || used.count_ones() as usize == names.len()
}

const fn same(text: &[u8], start: usize, end: usize, name: &[u8]) -> bool {
    if end - start != name.len() {
        return false;
    }
    let mut at = 0;
    while at < name.len() {
        if text[start + at] != name[at] {
            return false;
        }
        at += 1;
    }
    true
}

impl Deref for Phrase {
    type Target = str;

    fn deref(&self) -> &str {
        &self.english
    }
}

impl AsRef<str> for Phrase {
    fn as_ref(&self) -> &str {
        &self.english
    }
}

impl Default for Phrase {
    fn default() -> Self {
        Phrase::from("")
    }
}

/// A template without arguments, which a catalogue may have. What is put together as the program runs is in none: there is no
/// `From<String>`, so that `format!` makes no message.
///
/// ```compile_fail
/// use patra_core::{Code, Diagnostic, Span};
/// let _ = Diagnostic::new(Code::Guessed, Span::NONE, format!("{} rows", 7));
/// ```
impl From<&'static str> for Phrase {
    fn from(template: &'static str) -> Self {
        Phrase { template: Template::Same, arguments: Vec::new(), english: Cow::Borrowed(template) }
    }
}

impl From<Phrase> for String {
    fn from(phrase: Phrase) -> Self {
        phrase.english.into_owned()
    }
}

/// Two phrases are the same where they say the same.
impl PartialEq for Phrase {
    fn eq(&self, other: &Phrase) -> bool {
        self.english == other.english
    }
}

impl Eq for Phrase {}

impl PartialEq<str> for Phrase {
    fn eq(&self, other: &str) -> bool {
        self.english == other
    }
}

impl PartialEq<&str> for Phrase {
    fn eq(&self, other: &&str) -> bool {
        self.english == *other
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

/// So that an error of another kind, such as one of reading a file, can carry it.
impl std::error::Error for Phrase {}

impl fmt::Debug for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// What can be an argument of a phrase; by reference, as for `format!`.
pub trait ToArgument {
    /// The argument.
    fn to_argument(&self) -> Argument;
}

impl<T: ToArgument + ?Sized> ToArgument for &T {
    fn to_argument(&self) -> Argument {
        (*self).to_argument()
    }
}

impl<T: ToArgument + ?Sized> ToArgument for &mut T {
    fn to_argument(&self) -> Argument {
        (**self).to_argument()
    }
}

impl ToArgument for Phrase {
    fn to_argument(&self) -> Argument {
        Argument::Phrase(self.clone())
    }
}

macro_rules! words {
    ($($type:ty),*) => { $(
        impl ToArgument for $type {
            fn to_argument(&self) -> Argument {
                Argument::Words(self.to_string())
            }
        }
    )* };
}

words!(str, String, char, Cow<'_, str>, Id, Language, Code);

macro_rules! numbers {
    ($($type:ty),*) => { $(
        impl ToArgument for $type {
            fn to_argument(&self) -> Argument {
                Argument::Number(u64::try_from(*self).unwrap_or(u64::MAX))
            }
        }
    )* };
}

numbers!(u8, u16, u32, u64, usize);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_way_to_arguments() {
        let id: Id = "call-centre".parse().expect("an id");
        let phrase = phrase!("`{$id}` holds {$what}, `{{…}}` and { $x }", id, what = phrase!("{$n} cells", n = 2usize));
        assert_eq!(phrase, "`call-centre` holds 2 cells, `{{…}}` and { $x }");
        // What the author wrote is not looked through for names.
        assert_eq!(phrase!("{$a}{$b}", a = "{$b}", b = "!"), "{$b}!");
    }

    #[test]
    fn names_and_arguments_fit() {
        assert!(fits("{$a} {$bc} {$a}", &["a", "bc"], true));
        for (template, names) in [("{$a}", &["b"][..]), ("{$a}", &["a", "b"]), ("{$ab}", &["a"]), ("{$a", &["a"])] {
            assert!(!fits(template, names, true), "{template}");
        }
        assert!(fits("1 item", &["count"], false));
    }

    #[test]
    fn words_of_others_stay_as_they_are() {
        let phrase = Phrase::verbatim("no such file");
        assert_eq!(phrase.to(Locale::Hindi), "no such file");
        assert_eq!(format!("{phrase:?}"), "\"no such file\"");
    }
}
