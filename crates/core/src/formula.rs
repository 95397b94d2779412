//! Formulas without what is no part of a formula.

use std::borrow::Cow;

/// Commands that link, style or load things in the programs that set formulas (MathJax, KaTeX) and write nothing themselves. Each
/// takes one argument that goes with it.
const ACTING: [&str; 11] = [
    "href",
    "style",
    "class",
    "cssId",
    "data",
    "htmlClass",
    "htmlData",
    "htmlId",
    "htmlStyle",
    "require",
    "includegraphics",
];

/// A command that makes an element by its name with any attributes: a name, attributes in brackets, and words.
const ELEMENT: &str = "mmlToken";

/// A formula in LaTeX as exporters write it: commands that link, style or load things are left out, and what they apply to stays. A
/// program that shows the formula would obey them: `\href{javascript:…}{x}` becomes `{x}`.
///
/// ```
/// use patra_core::plain_formula;
/// assert_eq!(plain_formula(r"\href{https://example.org}{x^2} + \frac{a}{b}"), r"{x^2} + \frac{a}{b}");
/// ```
#[must_use]
pub fn plain_formula(tex: &str) -> Cow<'_, str> {
    if !ACTING.iter().chain([&ELEMENT, &"url"]).any(|name| tex.contains(name)) {
        return Cow::Borrowed(tex);
    }
    let mut out = String::with_capacity(tex.len());
    let mut rest = tex;
    while let Some(at) = rest.find('\\') {
        let after = &rest[at + 1..];
        let length = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        let name = &after[..length];
        if name.is_empty() {
            // An escaped sign, such as `\\` or `\{`.
            let sign = after.chars().next().map_or(0, char::len_utf8);
            out.push_str(&rest[..at + 1 + sign]);
            rest = &after[sign..];
        } else if ACTING.contains(&name) {
            out.push_str(&rest[..at]);
            rest = skip_argument(skip_option(&after[length..]));
            part(&mut out, rest);
        } else if name == ELEMENT {
            out.push_str(&rest[..at]);
            rest = skip_option(skip_argument(&after[length..]));
            part(&mut out, rest);
        } else if name == "url" {
            out.push_str(&rest[..at]);
            out.push_str("\\text");
            rest = &after[length..];
        } else {
            out.push_str(&rest[..at + 1 + length]);
            rest = &after[length..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Keeps letters from becoming a part of the command before what was left out: `\h\href{a}ref` is not `\href`.
fn part(out: &mut String, rest: &str) {
    let command = out.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if rest.starts_with(|c: char| c.is_ascii_alphabetic()) && command.len() < out.len() && command.ends_with('\\') {
        out.push(' ');
    }
}

/// What follows an argument: a group in braces, a command or a sign.
fn skip_argument(tex: &str) -> &str {
    let tex = tex.trim_start();
    match tex.as_bytes().first() {
        Some(b'{') => after_group(tex, b'{', b'}'),
        // An argument may be no end of the group around.
        Some(b'}') | None => tex,
        Some(b'\\') => {
            let name = tex[1..].find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tex.len() - 1);
            let sign = tex[1..].chars().next().map_or(0, char::len_utf8);
            &tex[1 + name.max(sign)..]
        }
        Some(_) => &tex[tex.chars().next().map_or(0, char::len_utf8)..],
    }
}

/// What follows an optional argument in brackets.
fn skip_option(tex: &str) -> &str {
    let inner = tex.trim_start();
    if inner.starts_with('[') { after_group(inner, b'[', b']') } else { tex }
}

/// What follows a group, which reaches to the end where it isn't closed.
fn after_group(tex: &str, open: u8, close: u8) -> &str {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, byte) in tex.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            byte if byte == open => depth += 1,
            byte if byte == close => {
                depth -= 1;
                if depth == 0 {
                    return &tex[at + 1..];
                }
            }
            _ => {}
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_that_act_are_left_out_and_what_they_apply_to_stays() {
        for (tex, plain) in [
            (r"\frac{a}{b}\\ \{x\}", r"\frac{a}{b}\\ \{x\}"),
            (r"\text{the class of all} \in data", r"\text{the class of all} \in data"),
            (r"\href{javascript:alert(1)}{x}+1", "{x}+1"),
            (r"\href {a{b}c\}} {x}", " {x}"),
            (r"\style{color:red}{\class{k}{\cssId{i}{y}}}", "{{{y}}}"),
            (r"\require{html}z", "z"),
            (r"\includegraphics[width=1em]{https://example.org/a.png}", ""),
            (r"\mmlToken{mi}[href='javascript:alert(1)']{x}", "{x}"),
            (r"\url{javascript:a}", r"\text{javascript:a}"),
            (r"{\href}x", "{}x"),
            (r"\href{open", ""),
            (r"\h\href{a}ref{b}{c}", r"\h ref{b}{c}"),
            (r"\hrefs{a}", r"\hrefs{a}"),
        ] {
            let made = plain_formula(tex);
            assert_eq!(made, plain, "{tex}");
            assert_eq!(plain_formula(&made), made, "{tex}");
        }
    }

    #[test]
    fn nested_commands_take_no_long_time() {
        let deep = format!("{}x{}", r"\href{a}{".repeat(20_000), "}".repeat(20_000));
        assert_eq!(plain_formula(&deep).matches("href").count(), 0);
        let spliced = format!("{}{}", r"\hre".repeat(20_000), r"\href{a}f{b}".repeat(20_000));
        assert!(!plain_formula(&spliced).contains(r"\href"));
    }
}
