//! The words of a paragraph as HTML, with the marks around them.

use crate::legacy::convert_run;

/// The marks of words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    pub strong: bool,
    pub emphasis: bool,
    pub strike: bool,
    pub highlight: bool,
    /// `Some(true)` above the line, `Some(false)` below it.
    pub raised: Option<bool>,
    pub link: Option<String>,
    pub language: Option<String>,
}

impl Mark {
    /// The elements of the marks, the outermost first: their names, and their attributes.
    fn elements(&self) -> Vec<(&'static str, String)> {
        let mut elements = Vec::new();
        if let Some(link) = &self.link {
            elements.push(("a", format!(" href=\"{}\"", escaped(link))));
        }
        if let Some(language) = &self.language {
            elements.push(("span", format!(" lang=\"{}\"", escaped(language))));
        }
        let plain = [(self.strong, "b"), (self.emphasis, "i"), (self.strike, "s"), (self.highlight, "mark")];
        elements.extend(plain.iter().filter(|(on, _)| *on).map(|(_, name)| (*name, String::new())));
        elements.extend(self.raised.map(|up| (if up { "sup" } else { "sub" }, String::new())));
        elements
    }
}

/// A paragraph as it is made.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    html: String,
    open: Mark,
    /// The words alone.
    pub words: String,
    /// Words for a font from before Unicode that go on, since Word parts runs within words and within letters.
    waiting: Option<(String, Mark)>,
    /// How many words were converted for such a font, and how many of them are well-formed.
    pub converted: (usize, usize),
    /// Whether there are pictures or formulas in it.
    pub pictures: bool,
    pub formulas: bool,
}

impl Line {
    /// Adds words.
    pub(super) fn put(&mut self, words: &str, mark: &Mark) {
        if words.is_empty() {
            return;
        }
        self.settle();
        // White space alone is marked by nothing that can be seen.
        let same = self.open == *mark;
        let blank = words.trim().is_empty() && self.open.link == mark.link;
        if !same && !blank {
            self.turn(mark);
        }
        self.words.push_str(words);
        self.html.push_str(&escaped(words));
    }

    /// Adds words that are written for Kruti Dev or a font of its layout.
    pub(super) fn put_legacy(&mut self, words: &str, mark: &Mark) {
        match &mut self.waiting {
            Some((before, of_before)) if of_before == mark || words.trim().is_empty() => before.push_str(words),
            _ => {
                self.settle();
                self.waiting = Some((words.to_owned(), mark.clone()));
            }
        }
    }

    /// Converts the words that wait.
    pub(super) fn settle(&mut self) {
        let Some((words, mark)) = self.waiting.take() else { return };
        let (unicode, count, good) = convert_run(&words);
        self.converted = (self.converted.0 + count, self.converted.1 + good);
        self.put(&unicode, &mark);
    }

    /// Adds an element that holds no words of the paragraph.
    pub(super) fn element(&mut self, html: &str) {
        self.settle();
        self.html.push_str(html);
    }

    /// Ends the line within the paragraph.
    pub(super) fn break_line(&mut self) {
        self.settle();
        self.words.push('\n');
        self.html.push_str("<br>");
    }

    fn turn(&mut self, mark: &Mark) {
        for (name, _) in self.open.elements().iter().rev() {
            self.html.push_str(&format!("</{name}>"));
        }
        for (name, attributes) in mark.elements() {
            self.html.push_str(&format!("<{name}{attributes}>"));
        }
        self.open = mark.clone();
    }

    /// The paragraph in HTML.
    pub(super) fn finish(mut self) -> String {
        self.settle();
        self.turn(&Mark::default());
        self.html
    }

    /// Whether nothing can be seen of it.
    pub(super) fn is_blank(&self) -> bool {
        self.words.trim().is_empty() && !self.pictures && !self.formulas
    }
}

/// Words in which no character means anything to HTML.
pub(crate) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_open_and_close_around_words() {
        let mut line = Line::default();
        let strong = Mark { strong: true, ..Mark::default() };
        line.put("a & b", &strong);
        line.put(" ", &Mark::default());
        line.put("c", &strong);
        line.put("d", &Mark { link: Some("https://x.example/?a=1&b".into()), ..Mark::default() });
        assert_eq!(line.finish(), "<b>a &amp; b c</b><a href=\"https://x.example/?a=1&amp;b\">d</a>");
    }
}
