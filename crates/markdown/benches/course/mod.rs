//! A long Hindi source to measure with.

/// A source of at least `bytes` bytes: sections of every construct that teachers use, each sentence of its own words.
pub fn course(bytes: usize) -> String {
    let mut words = Words(1);
    let mut out = String::from("---\ntitle: लंबा पाठ्यक्रम\nlanguage: hi\nid: course\n---\n");
    let mut number = 0;
    while out.len() < bytes {
        number += 1;
        section(number, &mut words, &mut out);
    }
    out
}

/// Words and numbers by a linear congruential generator (Knuth, MMIX).
struct Words(u64);

impl Words {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }

    fn word(&mut self) -> String {
        const STARTS: [&str; 16] =
            ["क", "प्र", "सं", "वि", "जल", "नि", "क्ष", "मा", "श्री", "ग्रा", "अ", "उप", "दू", "भू", "त्र", "हि"];
        const MIDDLES: [&str; 14] = ["र", "ला", "मि", "ठो", "ने", "च्छ", "व", "ड़ी", "सा", "षि", "ज्ञा", "धा", "य", "पु"];
        const ENDS: [&str; 10] = ["न", "ती", "ों", "र्य", "ता", "म", "ण", "ला", "ये", ""];
        let mut word = STARTS[self.below(STARTS.len())].to_owned();
        for _ in 0..self.below(3) {
            word.push_str(MIDDLES[self.below(MIDDLES.len())]);
        }
        word + ENDS[self.below(ENDS.len())]
    }

    fn phrase(&mut self, count: usize) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    /// Words with what stands between them in such texts: small words, marks, a bold word, English in brackets.
    fn sentence(&mut self) -> String {
        let count = 6 + self.below(14);
        let mut out = String::new();
        for index in 0..count {
            let word = self.word();
            match self.below(40) {
                0 => out.push_str(&format!("**{word}**")),
                1 => out.push_str(&format!("*{word}*")),
                2 => out.push_str(&format!("{word} (service level)")),
                3 | 4 => out.push_str(&format!("{word},")),
                5 => out.push_str(&format!("{}%", self.below(100))),
                6..15 => out.push_str(["है", "के", "में", "से", "को", "और", "पर", "का", "भी"][self.below(9)]),
                _ => out.push_str(&word),
            }
            out.push_str(if index + 1 < count { " " } else { "।" });
        }
        out
    }

    fn paragraph(&mut self, sentences: usize) -> String {
        (0..sentences).map(|_| self.sentence()).collect::<Vec<_>>().join(" ")
    }
}

fn section(number: usize, words: &mut Words, out: &mut String) {
    let marks = if number % 5 == 1 { "#" } else { "##" };
    out.push_str(&format!("\n{marks} {} {number}\n\n", words.phrase(3)));
    for _ in 0..3 {
        let count = 2 + words.below(4);
        out.push_str(&format!("{}\n\n", words.paragraph(count)));
    }
    for _ in 0..2 {
        out.push_str(&format!("{}\n: {}\n\n", words.phrase(3), words.paragraph(2)));
    }
    out.push_str(&format!("{{kind=\"{}\"}}\n", words.phrase(3)));
    for _ in 0..5 {
        out.push_str(&format!("- **{}**: {}\n", words.phrase(2), words.sentence()));
    }
    out.push('\n');
    for index in ["१", "२", "३", "४"] {
        out.push_str(&format!("{index}. {}\n", words.sentence()));
    }
    let (one, other) = (words.phrase(2), words.phrase(2));
    out.push_str(&format!("\n| पहलू | {one} | {other} |\n|---|---|---|\n"));
    for _ in 0..5 {
        let row = [words.phrase(2), words.phrase(6), words.phrase(6)];
        out.push_str(&format!("| {} | {} | {} |\n", row[0], row[1], row[2]));
    }
    out.push_str(&format!("\nप्रश्न: {}?\nउत्तर: {}\n\n", words.phrase(8), words.sentence()));
    out.push_str(&format!("प्रश्न: {}?\n\n", words.phrase(7)));
    for index in 0..4 {
        out.push_str(&format!("- [{}] {}\n", if index == 2 { 'x' } else { ' ' }, words.phrase(3)));
    }
    out.push_str(&format!(
        "\n{} {{{{{}}}}} {} {{{{{}|{}}}}}।\n\n",
        words.phrase(6),
        words.word(),
        words.phrase(4),
        words.word(),
        words.word()
    ));
    out.push_str(&format!("> [!NOTE]\n> {}\n\n", words.paragraph(2)));
}
