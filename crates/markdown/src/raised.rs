//! Superscripts and subscripts between `^` and `~`: `10^8^`, `H~2~O`.
//!
//! The parser reads these marks only where a word begins, which is where nobody needs them. They are read here, by the rule
//! of pandoc (no white space inside), and by one more: a caret that people type for a power (`a^2+b^2=c^2`) and a tilde that
//! they type for a range (`5~6`) stay as they are.

/// Whether `held`, between two marks, is a script. `before` is the character before the first mark, `after` the one after
/// the second.
pub(crate) fn is_script(mark: char, before: Option<char>, held: &str, after: Option<char>) -> bool {
    if held.is_empty() || held.contains(char::is_whitespace) {
        return false;
    }
    let based = before.is_some_and(|c| !c.is_whitespace());
    if mark == '~' && !based {
        return false;
    }
    let Some(before) = before.filter(|c| c.is_alphanumeric() || matches!(c, ')' | ']' | '}')) else { return true };
    let number = held.trim_start_matches(is_operator).chars().all(char::is_numeric);
    let raises = match (mark, after) {
        // `5~6~7`, but `log~2~8`.
        ('~', Some(c)) => c.is_numeric() && before.is_numeric(),
        // `a^2b^2`, `2^3^4`: both carets raise what follows them.
        (_, Some(c)) if c.is_numeric() => true,
        // `x^(n+1)y^(n-1)`, but `x^2^(y+1)`. An escape may be of a brace.
        (_, Some('(' | '{' | '\\')) => !number,
        _ => false,
    };
    if raises {
        return false;
    }
    // `x^n+y^n`: so do these.
    let mut inside = held.chars();
    let joined = inside.next().is_some() && inside.any(is_operator);
    !(joined && after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '−')))
}

fn is_operator(c: char) -> bool {
    matches!(c, '+' | '-' | '−' | '–' | '×' | '÷' | '*' | '/' | '=' | '<' | '>' | '·' | ',' | ';' | '.')
}

/// Whether two marks in words without white space would be read as a script. `before` and `after` stand around the words.
pub(crate) fn holds_script(mark: char, before: Option<char>, words: &str, after: Option<char>) -> bool {
    let mut opened: Option<(Option<char>, usize)> = None;
    let mut previous = before;
    for (at, c) in words.char_indices() {
        let end = at + c.len_utf8();
        if c == mark {
            if let Some((before, from)) = opened
                && is_script(mark, before, &words[from..at], words[end..].chars().next().or(after))
            {
                return true;
            }
            opened = Some((previous, end));
        }
        previous = Some(c);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_that_people_type_are_no_scripts() {
        for words in [
            "10^8^",
            "H~2~O",
            "x^n+1^",
            "x^2^y",
            "log~2~8",
            "SO~4~^2-^",
            "^14^C",
            "Ca~3~(PO~4~)~2~",
            "x^2^(y+1)",
            "x^n+1^,",
            "**x^n+1^**",
            "x^n-1^+y",
            "(a+b)^2^",
            "x^२^",
        ] {
            let mark = if words.contains('^') && !words.contains('~') { '^' } else { '~' };
            assert!(holds_script(mark, None, words, None), "{words}");
        }
        for words in [
            "x^2",
            "a^2+b^2=c^2",
            "a^2b^2",
            "2^10=4^5",
            "x^(n+1)y^(n-1)",
            "10^-3×10^-4",
            "5~6,7~8",
            "5~6~7",
            "2^3^4",
            "^^",
        ] {
            for mark in ['^', '~'] {
                assert!(!holds_script(mark, None, words, None), "{words}");
            }
        }
    }
}
