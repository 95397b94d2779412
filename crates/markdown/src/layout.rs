//! Blocks as source.

use patra_core::{
    Alignment, Block, Comparison, Definition, Figure, List, ListDelimiter, ListStyle, NoteKind, Question, Region, Run,
    Table, Terms, Text, Verse,
};

use crate::block::may_be_in_stem;
use crate::definition::reads_as_abbreviation;
use crate::list::PINNED;
use crate::prose::{Place, bold_prose, bracketed_prose, destination, is_plain_tex, prose};
use crate::table::{dashes, is_corner};

/// The words that begin questions, answers and hints in the material's language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    question: &'static str,
    answer: &'static str,
    hint: &'static str,
}

impl Words {
    /// By the primary subtag of a language; English ones where there are none of its own.
    pub(crate) fn of(language: &str) -> Self {
        let (question, answer, hint) = match language {
            "hi" | "mr" | "ne" | "sa" => ("प्रश्न", "उत्तर", "संकेत"),
            "bn" => ("প্রশ্ন", "উত্তর", "ইঙ্গিত"),
            "ta" => ("கேள்வி", "பதில்", "குறிப்பு"),
            "te" => ("ప్రశ్న", "జవాబు", "సూచన"),
            "gu" => ("પ્રશ્ન", "ઉત્તર", "સંકેત"),
            "kn" => ("ಪ್ರಶ್ನೆ", "ಉತ್ತರ", "ಸುಳಿವು"),
            "ml" => ("ചോദ്യം", "ഉത്തരം", "സൂചന"),
            "pa" => ("ਪ੍ਰਸ਼ਨ", "ਉੱਤਰ", "ਸੰਕੇਤ"),
            "or" => ("ପ୍ରଶ୍ନ", "ଉତ୍ତର", "ସୂଚନା"),
            "ur" => ("سوال", "جواب", "اشارہ"),
            _ => ("Q", "A", "Hint"),
        };
        Words { question, answer, hint }
    }
}

/// A list's mark, alternated so that two lists in a row stay two.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    None,
    Bullet(char),
    Number(char),
}

/// Blocks one after the other, parted by blank lines. `depth` is 1 in a section.
pub(crate) fn blocks(blocks: &[Block], depth: usize, words: Words) -> String {
    blocks_after(Mark::None, blocks, depth, words)
}

/// Blocks that follow a list with a mark.
fn blocks_after(mut before: Mark, blocks: &[Block], depth: usize, words: Words) -> String {
    let mut parts: Vec<String> = Vec::new();
    for block in blocks {
        let (part, mark) = one(block, depth, words, before);
        if !part.is_empty() {
            parts.push(part);
            before = mark;
        }
    }
    parts.join("\n\n")
}

fn one(block: &Block, depth: usize, words: Words, before: Mark) -> (String, Mark) {
    match block {
        Block::Terms(terms) => return terms_source(terms, depth, words, before),
        Block::List(list) => return list_source(list, depth, words, before),
        _ => {}
    }
    let mut mark = Mark::None;
    let part = match block {
        Block::Definition(definition) => {
            if depth > 1 || definition.term.is_blank() {
                mark = Mark::Bullet('-');
            }
            definition_source(definition, depth, words)
        }
        Block::Comparison(comparison) => comparison_source(comparison),
        Block::Table(table) => table_source(table),
        Block::Paragraph(paragraph) => prose(&paragraph.text, Place::PARAGRAPH),
        Block::Verse(verse) => verse_source(verse),
        Block::Note(note) => {
            let kind = match note.kind {
                NoteKind::Tip => "TIP",
                NoteKind::Important => "IMPORTANT",
                NoteKind::Warning => "WARNING",
                NoteKind::Caution => "CAUTION",
                _ => "NOTE",
            };
            let inner = blocks(&note.blocks, depth + 1, words);
            // A list may need a blank line to begin.
            let blank = matches!(note.blocks.first(), Some(Block::List(_) | Block::Terms(_)));
            quoted(&format!("[!{kind}]\n{}{inner}", if blank { "\n" } else { "" }))
        }
        Block::Quote(quote) => quoted(&blocks(&quote.blocks, depth + 1, words)),
        Block::Code(code) => {
            let attribute = if code.language.as_deref() == Some("math") { "{.code}\n" } else { "" };
            format!("{attribute}{}", fenced(code.language.as_deref().unwrap_or(""), &code.text))
        }
        Block::Math(math) => {
            if is_plain_tex(&math.tex) {
                format!("$${}$$", math.tex)
            } else {
                fenced("math", &math.tex)
            }
        }
        Block::Figure(figure) => figure_source(figure),
        Block::Question(question) => {
            let ends_in_list = if is_flat(question) { question.answer.is_empty() } else { depth > 1 };
            if ends_in_list {
                mark = Mark::Bullet('-');
            }
            question_source(question, depth, words)
        }
        Block::Cloze(cloze) => {
            let mut gaps = false;
            cloze.text.walk(&mut |run| gaps |= matches!(run, Run::Gap(_)));
            let class = if gaps { "" } else { "{.cloze}\n" };
            let id = if cloze.id.is_unset() { String::new() } else { format!(" {{#{}}}", cloze.id) };
            format!("{class}{}{id}", prose(&cloze.text, Place::PARAGRAPH))
        }
        Block::Terms(_) | Block::List(_) => String::new(),
    };
    (part, mark)
}

/// Lines, of which those after the first stand `by` spaces in.
fn hang(first: &str, text: &str, by: usize) -> String {
    let indent = " ".repeat(by);
    let mut out = String::from(first);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(&indent);
            }
        }
        out.push_str(line);
    }
    out
}

fn quoted(text: &str) -> String {
    let lines: Vec<String> =
        text.split('\n').map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") }).collect();
    lines.join("\n")
}

fn fenced(info: &str, text: &str) -> String {
    let mark = if info.contains('`') { '~' } else { '`' };
    let longest = text.split(|c| c != mark).map(str::len).max().unwrap_or(0);
    let fence = mark.to_string().repeat(longest.max(2) + 1);
    let mut words = String::new();
    for c in info.chars() {
        match c {
            '\\' => words.push_str("\\\\"),
            '&' => words.push_str("&amp;"),
            '\n' | '\r' => words.push_str(&format!("&#{};", u32::from(c))),
            _ => words.push(c),
        }
    }
    let end = if text.is_empty() { "" } else { "\n" };
    // What begins as the fence does would make it longer.
    let space = if words.starts_with(mark) { " " } else { "" };
    format!("{fence}{space}{words}\n{text}{end}{fence}")
}

/// Attributes in braces, none where there is nothing to say.
fn braces(parts: &[String]) -> String {
    let said: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    if said.is_empty() { String::new() } else { format!("{{{}}}", said.join(" ")) }
}

fn id_part(id: &patra_core::Id) -> String {
    if id.is_unset() { String::new() } else { format!("#{id}") }
}

fn value_part(key: &str, text: &Text) -> String {
    format!("{key}=\"{}\"", prose(text, Place::VALUE))
}

/// The words an item or a definition begins with, and the blocks below them.
fn led(text: &Text, details: &[Block], depth: usize, words: Words) -> String {
    let lead = if text.is_empty() { String::new() } else { prose(text, Place::PARAGRAPH) };
    below(lead, details, depth, words)
}

/// `lead`, or a comment in its place, with blocks below it.
fn below(lead: String, details: &[Block], depth: usize, words: Words) -> String {
    if details.is_empty() {
        return lead;
    }
    let lead = if lead.is_empty() { "<!-- -->".to_owned() } else { lead };
    format!("{lead}\n\n{}", blocks(details, depth + 1, words))
}

fn list_mark(ordered: bool, before: Mark) -> Mark {
    match (ordered, before) {
        (true, Mark::Number('.')) => Mark::Number(')'),
        (true, _) => Mark::Number('.'),
        (false, Mark::Bullet('-')) => Mark::Bullet('*'),
        (false, _) => Mark::Bullet('-'),
    }
}

/// The items of a list; loose where any of them is more than a line of text.
fn items(contents: Vec<String>, start: u32, mark: Mark) -> String {
    let loose = contents.iter().any(|content| content.contains("\n\n"));
    let written: Vec<String> = contents
        .into_iter()
        .enumerate()
        .map(|(index, content)| {
            let lead = match mark {
                Mark::Number(end) => {
                    let number = start.saturating_add(u32::try_from(index).unwrap_or(u32::MAX)).min(999_999_999);
                    format!("{number}{end} ")
                }
                Mark::Bullet(bullet) => format!("{bullet} "),
                Mark::None => String::new(),
            };
            let width = lead.len();
            if content.is_empty() { lead.trim_end().to_owned() } else { hang(&lead, &content, width) }
        })
        .collect();
    written.join(if loose { "\n\n" } else { "\n" })
}

fn list_source(list: &List, depth: usize, words: Words, before: Mark) -> (String, Mark) {
    let start = list.start.unwrap_or(1);
    let bold = |text: &Text| matches!(text.runs().first(), Some(Run::Strong(_)));
    let mut attributes = Vec::new();
    // A sign of its own keeps the list from going on one before it.
    let sign = match list.marker.delimiter {
        ListDelimiter::OneParen if list.marker.style == ListStyle::Decimal => ')',
        _ => '.',
    };
    let plain = list.marker.style == ListStyle::Decimal && list.marker.delimiter != ListDelimiter::TwoParens;
    if list.start.is_some() && (!plain || before == Mark::Number(sign)) {
        attributes.push(format!("marker=\"{}\"", list.marker));
    }
    if !list.items.is_empty() && list.items.iter().all(|item| bold(&item.text)) {
        attributes.push(".list".to_owned());
    }
    if start > 999_999_999 {
        attributes.push(format!("start={start}"));
    }
    let attributes = braces(&attributes);
    let before = if attributes.is_empty() { before } else { Mark::None };
    let mark = if list.start.is_some() { Mark::Number(sign) } else { list_mark(false, before) };
    let contents = list.items.iter().map(|item| led(&item.text, &item.blocks, depth, words)).collect();
    let first = if start > 999_999_999 { 1 } else { start };
    let list = items(contents, first, mark);
    // A list that does not begin with 1, or begins with an empty item, can't stand right below a line (CommonMark, 5.2).
    let empty = list.lines().next().is_some_and(|line| line.trim_start_matches(|c: char| c.is_ascii_digit()).len() < 2);
    let blank = !attributes.is_empty() && (empty || (list.starts_with(|c: char| c.is_ascii_digit()) && first != 1));
    (join_lines(&attributes, &format!("{}{list}", if blank { "\n" } else { "" })), mark)
}

fn join_lines(attributes: &str, rest: &str) -> String {
    if attributes.is_empty() { rest.to_owned() } else { format!("{attributes}\n{rest}") }
}

fn terms_source(terms: &Terms, depth: usize, words: Words, before: Mark) -> (String, Mark) {
    let kind = terms.kind.as_ref().map(|kind| value_part("kind", kind)).unwrap_or_default();
    let attributes = braces(&[id_part(&terms.id), kind]);
    let before = if attributes.is_empty() { before } else { Mark::None };
    let mark = list_mark(terms.ordered, before);
    let contents = terms
        .entries
        .iter()
        .map(|entry| {
            let id = braces(&[id_part(&entry.id)]);
            let lead = term_lead(&entry.term, &id, &entry.description);
            below(lead, &entry.details, depth, words)
        })
        .collect();
    (join_lines(&attributes, &items(contents, 1, mark)), mark)
}

/// `**term** {#id}: description`.
fn term_lead(term: &Text, attributes: &str, description: &Text) -> String {
    let bold = bold_prose(term, Place::LINE);
    let space = if attributes.is_empty() { "" } else { " " };
    let description = prose(description, Place::PARAGRAPH);
    let gap = if description.is_empty() { "" } else { " " };
    format!("{bold}{space}{attributes}:{gap}{description}")
}

fn definition_source(definition: &Definition, depth: usize, words: Words) -> String {
    let mut parts = vec![id_part(&definition.id)];
    let mut term = definition.term.clone();
    match &definition.full_form {
        Some(full) => {
            let joined = Text::plain(format!("{} ({})", term.to_plain(), full.to_plain()));
            let plain = |text: &Text| matches!(text.runs(), [Run::Plain(_)]);
            if plain(&term) && plain(full) && reads_as_abbreviation(&joined) {
                term = joined;
            } else {
                parts.push(value_part("full", full));
            }
        }
        None if reads_as_abbreviation(&term) => parts.push(".whole".to_owned()),
        None => {}
    }
    let attributes = braces(&parts);
    if depth > 1 || term.is_blank() {
        let lead = term_lead(&term, &attributes, &definition.meaning);
        let item = below(lead, &definition.details, depth, words);
        return format!("{{.definition}}\n{}", items(vec![item], 1, Mark::Bullet('-')));
    }
    let space = if attributes.is_empty() { "" } else { " " };
    let mut body = led(&definition.meaning, &definition.details, depth, words);
    if body.is_empty() {
        body = "<!-- -->".to_owned();
    }
    format!("{}{space}{attributes}\n{}", prose(&term, Place::LINE), hang(": ", &body, 2))
}

fn row(cells: &[String]) -> String {
    let mut out = String::from("|");
    for cell in cells {
        out.push(' ');
        out.push_str(cell);
        out.push_str(if cell.is_empty() { "|" } else { " |" });
    }
    out
}

fn head(name: &Text, id: &patra_core::Id) -> String {
    let name = prose(name, Place::CELL);
    let id = braces(&[id_part(id)]);
    let space = if name.is_empty() || id.is_empty() { "" } else { " " };
    format!("{name}{space}{id}")
}

fn comparison_source(comparison: &Comparison) -> String {
    let told = is_corner(&comparison.corner) && comparison.subjects.len() > 1 && !comparison.aspects.is_empty();
    let class = if told { "" } else { ".comparison" };
    let attributes = braces(&[id_part(&comparison.id), class.to_owned()]);
    let mut header = vec![prose(&comparison.corner, Place::CELL)];
    header.extend(comparison.subjects.iter().map(|subject| head(&subject.name, &subject.id)));
    let mut lines = vec![row(&header), row(&vec!["---".to_owned(); header.len()])];
    for aspect in &comparison.aspects {
        let mut cells = vec![head(&aspect.name, &aspect.id)];
        cells.extend(aspect.cells.iter().map(|cell| prose(cell, Place::CELL)));
        lines.push(row(&cells));
    }
    join_lines(&attributes, &lines.join("\n"))
}

fn table_source(table: &Table) -> String {
    let corner = table.columns.first().is_some_and(|column| is_corner(&column.heading));
    let told = corner && table.columns.len() > 2 && !table.rows.is_empty();
    let header: Vec<String> = table.columns.iter().map(|column| prose(&column.heading, Place::CELL)).collect();
    let sides: Vec<Alignment> = table.columns.iter().map(|column| column.alignment).collect();
    let marks: Vec<String> = sides.into_iter().map(|side| dashes(side).to_owned()).collect();
    let mut lines = vec![row(&header), row(&marks)];
    for cells in &table.rows {
        lines.push(row(&cells.cells.iter().map(|cell| prose(cell, Place::CELL)).collect::<Vec<_>>()));
    }
    join_lines(if told { "{.table}" } else { "" }, &lines.join("\n"))
}

fn verse_source(verse: &Verse) -> String {
    let line = |text: &Text| {
        let mut written = format!("| {}", prose(text, Place::LINE));
        // At the end of a line a bar would make a row of it, unless a backslash before it is its own and not a backslash's.
        if let Some(before) = written.strip_suffix('|') {
            let backslashes = before.len() - before.trim_end_matches('\\').len();
            if backslashes % 2 == 0 {
                written.insert(written.len() - 1, '\\');
            }
        }
        written
    };
    let stanza = |lines: &Vec<Text>| lines.iter().map(line).collect::<Vec<_>>().join("\n");
    verse.stanzas.iter().map(stanza).collect::<Vec<_>>().join("\n|\n")
}

fn region_source(region: &Region) -> String {
    let mut value = String::new();
    for part in region.at.parts() {
        let (whole, decimals) = (part / 100, part % 100);
        value.push_str(&if decimals == 0 { format!("{whole}% ") } else { format!("{whole}.{decimals:02}% ") });
    }
    if !region.id.is_unset() {
        value.push_str(&format!("{} ", id_part(&region.id)));
    }
    format!("{{region=\"{value}{}\"}}", prose(&region.name, Place::VALUE))
}

fn figure_source(figure: &Figure) -> String {
    let alt = bracketed_prose(&Text::plain(figure.alt.clone()));
    let (attributes, title) = match &figure.caption {
        None => (String::new(), String::new()),
        Some(caption) => match caption.runs() {
            [Run::Plain(words)] if !words.contains(['\n', '\r', '\\', '&', '"']) => {
                (String::new(), format!(" \"{words}\""))
            }
            _ => (braces(&[value_part("caption", caption)]), String::new()),
        },
    };
    let mut lines: Vec<String> = figure.regions.iter().map(region_source).collect();
    lines.extend((!attributes.is_empty()).then_some(attributes));
    let attributes = lines.join("\n");
    join_lines(&attributes, &format!("![{alt}]({}{title})", destination(&figure.source)))
}

/// A comment that keeps a list at the end of blocks from taking in the choices after it.
fn after_list(blocks: &[Block]) -> Option<String> {
    let list =
        matches!(blocks.last(), Some(Block::List(_) | Block::Terms(_) | Block::Definition(_) | Block::Question(_)));
    list.then(|| "<!-- -->".to_owned())
}

/// Whether a question is written as paragraphs one after the other, and not with all that belongs to it in one block.
fn is_flat(question: &Question) -> bool {
    question.details.is_empty() && question.stem.iter().all(may_be_in_stem)
}

fn question_source(question: &Question, depth: usize, words: Words) -> String {
    let id = braces(&[
        id_part(&question.id),
        question.marks.map(|marks| format!("marks={marks}")).unwrap_or_default(),
        question.room.map(|room| room.to_string()).unwrap_or_default(),
        question.lettering.map(|marker| format!("choices=\"{marker}\"")).unwrap_or_default(),
    ]);
    let space = if id.is_empty() { "" } else { " " };
    let keyed = |keyword: &str, text: &Text| format!("{keyword}: {}", prose(text, Place::PARAGRAPH));
    let hint = question.hint.as_ref().filter(|hint| !hint.is_empty()).map(|hint| keyed(words.hint, hint));
    let answer = (!question.answer.is_empty()).then(|| keyed(words.answer, &question.answer));
    let choices: Vec<String> = question
        .choices
        .iter()
        .map(|choice| {
            let mark = if choice.correct { "[x]" } else { "[ ]" };
            let words = format!("{mark} {}", prose(&choice.text, Place::PARAGRAPH));
            if choice.pinned { format!("{words} {{.{PINNED}}}") } else { words }
        })
        .collect();
    let choices = (!choices.is_empty()).then(|| items(choices, 1, Mark::Bullet('-')));
    if is_flat(question) {
        let prompt = format!("{}{space}{id}", keyed(words.question, &question.prompt));
        let mut first = vec![prompt];
        if !question.stem.is_empty() {
            let stem = blocks(&question.stem, depth, words);
            // Without choices or an answer what stands here would not belong to the question.
            let answer = answer.or_else(|| choices.is_none().then(|| format!("{}:", words.answer)));
            first.push(stem);
            first.extend(after_list(&question.stem));
            return first.into_iter().chain(hint).chain(choices).chain(answer).collect::<Vec<_>>().join("\n\n");
        }
        if choices.is_none() {
            first.extend(hint.into_iter().chain(answer));
            return first.join("\n");
        }
        first.extend(hint);
        let parts: Vec<String> = std::iter::once(first.join("\n")).chain(choices).chain(answer).collect();
        return parts.join("\n\n");
    }
    let answer =
        if question.answer.is_empty() { "<!-- -->".to_owned() } else { prose(&question.answer, Place::PARAGRAPH) };
    let mut parts = vec![answer];
    if !question.stem.is_empty() {
        // An answer that says that it is one comes after all that belongs to the question.
        let answer = format!("{}: {}", words.answer, prose(&question.answer, Place::PARAGRAPH));
        parts = vec!["<!-- -->".to_owned(), blocks(&question.stem, depth + 1, words)];
        parts.extend(after_list(&question.stem));
        parts.extend(hint.clone());
        parts.extend(choices.clone());
        parts.push(answer.trim_end().to_owned());
    }
    let written = !question.stem.is_empty();
    parts.extend(hint.filter(|_| !written));
    let choices = choices.filter(|_| !written);
    let before = if choices.is_some() { Mark::Bullet('-') } else { Mark::None };
    parts.extend(choices);
    parts.push(blocks_after(before, &question.details, depth + 1, words));
    let prompt = prose(&question.prompt, Place::LINE);
    if depth > 1 {
        parts.insert(0, format!("{prompt}{space}{id}"));
        return format!("{{.question}}\n{}", items(vec![parts.join("\n\n")], 1, Mark::Bullet('-')));
    }
    format!("{}: {prompt}{space}{id}\n{}", words.question, hang(": ", &parts.join("\n\n"), 2))
}
