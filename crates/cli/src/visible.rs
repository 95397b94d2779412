//! Words of others on a terminal: characters that a terminal obeys are shown instead.

use std::borrow::Cow;
use std::io::{self, Write};

/// Whether a terminal obeys a character instead of showing it: control characters, and those that turn the direction of what follows
/// (UAX #9, 2), by which a name looks like another.
fn is_obeyed(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Words with `\u{1b}` and the like in the place of characters that a terminal obeys.
pub(crate) fn visible(words: &str) -> Cow<'_, str> {
    if !words.contains(is_obeyed) {
        return Cow::Borrowed(words);
    }
    let shown = words.chars().map(|c| if is_obeyed(c) { c.escape_unicode().to_string() } else { c.to_string() });
    Cow::Owned(shown.collect())
}

/// A writer that shows what a terminal would obey, line by line.
pub(crate) struct Visible<W: Write> {
    inner: W,
    line: Vec<u8>,
}

impl<W: Write> Visible<W> {
    pub(crate) fn new(inner: W) -> Self {
        Visible { inner, line: Vec::new() }
    }

    fn write_line(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        self.inner.write_all(visible(&String::from_utf8_lossy(&line)).as_bytes())
    }
}

impl<W: Write> Write for Visible<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|&byte| byte == b'\n') {
            self.line.extend(part);
            if part.ends_with(b"\n") {
                self.write_line()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.write_line()?;
        self.inner.flush()
    }
}

impl<W: Write> Drop for Visible<W> {
    fn drop(&mut self) {
        // Nobody is left to be told that it failed.
        let _ = self.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_shown() {
        assert_eq!(visible("क्\u{200d}ष a\tb"), "क्\u{200d}ष a\tb");
        assert_eq!(visible("a\u{1b}[31m\r\u{202e}b\u{9b}"), "a\\u{1b}[31m\\u{d}\\u{202e}b\\u{9b}");
    }

    #[test]
    fn a_character_may_come_in_parts() -> io::Result<()> {
        let mut out = Vec::new();
        let mut writer = Visible::new(&mut out);
        for byte in "क\u{1b}\nख".bytes() {
            writer.write_all(&[byte])?;
        }
        drop(writer);
        assert_eq!(String::from_utf8_lossy(&out), "क\\u{1b}\nख");
        Ok(())
    }
}
