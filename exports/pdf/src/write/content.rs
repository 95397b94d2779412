//! Content streams: the operators of a page (ISO 32000-2, 7.8.2).
//!
//! Operators are written as they are drawn: held as objects until the page is whole, they would take thirty times the memory.

use super::syntax::{integer, name, real, string, word};

/// What an operator works on.
#[derive(Clone, Copy, Debug)]
pub(super) enum Operand<'a> {
    /// A number, written with three decimals at most.
    Real(f32),
    Name(&'a str),
    String(&'a [u8]),
    Array(&'a [f32]),
    /// A marked content's number, as the properties that hold it (ISO 32000-2, 14.7.5).
    Marked(usize),
    /// What runs in the margins of pages: which of the subtypes it is (ISO 32000-2, 14.8.2.2.2).
    Pagination(&'a str),
}

/// The operators of a page as they are written.
#[derive(Debug, Default)]
pub(super) struct Content(Vec<u8>);

impl Content {
    /// Adds an operator.
    pub(super) fn push<'a>(&mut self, operator: &str, operands: impl IntoIterator<Item = Operand<'a>>) {
        let out = &mut self.0;
        for operand in operands {
            match operand {
                Operand::Real(number) => real(out, number),
                Operand::Name(letters) => name(out, letters.as_bytes()),
                Operand::String(bytes) => string(out, bytes),
                Operand::Array(numbers) => {
                    out.push(b'[');
                    numbers.iter().for_each(|number| real(out, *number));
                    out.push(b']');
                }
                Operand::Marked(number) => {
                    out.extend_from_slice(b"<</MCID");
                    integer(out, i64::try_from(number).unwrap_or(i64::MAX));
                    out.extend_from_slice(b">>");
                }
                Operand::Pagination(subtype) => {
                    out.extend_from_slice(b"<</Type/Pagination/Subtype");
                    name(out, subtype.as_bytes());
                    out.extend_from_slice(b">>");
                }
            }
        }
        word(out, operator.as_bytes());
        out.push(b'\n');
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::{Content, Operand};

    #[test]
    fn operators_stand_after_what_they_work_on() {
        let mut content = Content::default();
        content.push("BDC", [Operand::Name("P"), Operand::Marked(3)]);
        content.push("Tm", [1.0, 0.0, 0.0, 1.0, 72.25, 700.0].map(Operand::Real));
        content.push("Tf", [Operand::Name("R0"), Operand::Real(10.5)]);
        content.push("Tj", [Operand::String(b"\0(\0a")]);
        content.push("d", [Operand::Array(&[0.9, 4.1]), Operand::Real(0.0)]);
        content.push("EMC", []);
        let written = String::from_utf8(content.into_bytes()).unwrap();
        let lines: Vec<&str> = written.lines().collect();
        let expected =
            ["/P<</MCID 3>>BDC", "1 0 0 1 72.25 700 Tm", "/R0 10.5 Tf", "(\0\\(\0a)Tj", "[.9 4.1]0 d", "EMC"];
        assert_eq!(lines, expected);
    }
}
