//! Addresses: where a link may lead in the files that patra makes.

/// The schemes that a link may have. A browser, a PDF viewer or Anki opens what these lead to and does nothing else with it.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The target of a link, judged. Exporters make a link of a target only if this says so.
///
/// ```
/// use patra_core::Address;
/// assert_eq!(Address::of(" HTTPS://example.org/a"), Address::Web("HTTPS://example.org/a"));
/// assert_eq!(Address::of("#soil"), Address::Within("soil"));
/// assert_eq!(Address::of("notes/soil.pdf"), Address::File("notes/soil.pdf"));
/// assert_eq!(Address::of("\tjava\nscript:alert(1)"), Address::Refused);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Address<'a> {
    /// A URL with one of the schemes `http`, `https`, `mailto` and `tel`.
    Web(&'a str),
    /// The id of something in the material.
    Within(&'a str),
    /// A path relative to the file that holds the link. Only papers can have such links: cards and quizzes are in no folder.
    File(&'a str),
    /// A script (`javascript:`, `vbscript:`), data, a file of the reader's own machine (`file:`, `C:`), a machine in the network
    /// (`\\host`, `//host`), or another program's scheme. The words of the link are shown without it.
    Refused,
}

impl<'a> Address<'a> {
    /// Judges a target as browsers read it (URL Standard, 4.4): blanks and control characters around it are passed over, and tabs
    /// and line ends anywhere.
    #[must_use]
    pub fn of(target: &'a str) -> Self {
        let target = target.trim_matches(|c: char| c <= ' ' || c.is_whitespace() || c.is_control());
        if let Some(id) = target.strip_prefix('#') {
            return Address::Within(id);
        }
        let mut read = target.chars().filter(|c| !c.is_control() && !is_invisible(*c));
        let (first, second) = (read.next(), read.next());
        let slash = |c: Option<char>| matches!(c, Some('/' | '\\'));
        if slash(first) && slash(second) || first == Some('\\') {
            return Address::Refused;
        }
        match scheme(target) {
            Some(scheme) if !SCHEMES.contains(&scheme.as_str()) => Address::Refused,
            // A scheme with something invisible in it is not the scheme that it looks like.
            Some(scheme) if !target.get(..scheme.len()).is_some_and(|own| own.eq_ignore_ascii_case(&scheme)) => {
                Address::Refused
            }
            Some(_) => Address::Web(target),
            None => Address::File(target),
        }
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// The scheme of a URL, in lower case (RFC 3986, 3.1): what precedes the first `:`, unless a sign of a path precedes that.
fn scheme(target: &str) -> Option<String> {
    let mut scheme = String::new();
    for c in target.chars().filter(|c| !c.is_control() && !is_invisible(*c)) {
        match c {
            ':' => return (!scheme.is_empty()).then_some(scheme),
            '+' | '-' | '.' | '0'..='9' | 'a'..='z' | 'A'..='Z' => scheme.push(c.to_ascii_lowercase()),
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_schemes_lead_out() {
        for target in ["https://example.org/?q=javascript:1", "HTTP://example.org", "mailto:a@example.org", "tel:+91"] {
            assert_eq!(Address::of(target), Address::Web(target));
        }
        for target in ["अध्याय:२.pdf", "notes.pdf", "a/b:c", "?q=1", "/a", "", "./x:y"] {
            assert_eq!(Address::of(target), Address::File(target));
        }
        assert_eq!(Address::of("\u{a0}#जल "), Address::Within("जल"));
    }

    #[test]
    fn what_acts_or_leaves_the_folder_is_refused() {
        for target in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " \u{1}javascript:alert(1)",
            "java\tscript:alert(1)",
            "java\u{200b}script:alert(1)",
            "ht\u{200b}tp://example.org",
            "vbscript:x",
            "data:text/html,<b>",
            "file:///etc/hosts",
            "C:\\notes\\a.pdf",
            "c:/a.pdf",
            "//host/share",
            "\\\\host\\share",
            "/\\host",
            "\\/host",
            "\t/\t/host",
            "smb://host/a",
            "ms-settings:a",
            "ftp://example.org",
        ] {
            assert_eq!(Address::of(target), Address::Refused, "{target:?}");
        }
    }
}
