//! What a table is: terms, questions, gaps, a comparison, or a table and nothing more.

use patra_core::{Phrase, phrase};

use super::cell::{asks, is_short, is_value};
use super::role::{Role, role};
use super::sheet::Row;
use crate::guess;

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Terms,
    Questions,
    Gaps,
    Comparison,
    /// One column of items.
    List,
    Plain,
}

/// What was told of a table.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub shape: Shape,
    /// What each column holds, as far as it is known.
    pub roles: Vec<Option<Role>>,
    /// Whether the first row is a header.
    pub header: bool,
    /// Why it was told to be that.
    pub why: Phrase,
}

/// Whether a row names the columns below it: two of its cells at least have roles that go together.
pub(crate) fn is_header(row: &Row) -> bool {
    let roles: Vec<Role> = row.cells.iter().filter_map(|cell| role(cell)).collect();
    let leads = |role: &Role| matches!(role, Role::Term | Role::Question | Role::Gap | Role::Aspect | Role::FullForm);
    let distinct = |role: &Role| roles.iter().filter(|other| *other == role).count() == 1;
    let tagged = roles.iter().filter(|role| matches!(role, Role::In(_))).count() >= 2;
    // Most cells of a header are a word or two.
    let short = row.cells.iter().all(|cell| is_short(cell, 5) && !asks(cell));
    let few = row.filled() == 1 && roles.iter().any(|role| leads(role) || *role == Role::Meaning);
    let known = roles.len() >= 2 && roles.iter().any(|role| leads(role) && distinct(role));
    short && (known || tagged || few || (roles.iter().any(leads) && row.filled() >= 2))
}

/// Tells what a table is by its first row and, where that says nothing, by the look of all rows.
pub(crate) fn tell(rows: &[Row]) -> Told {
    let width = rows.iter().map(Row::width).max().unwrap_or(0);
    let Some(first) = rows.first() else {
        return Told { shape: Shape::Plain, roles: Vec::new(), header: false, why: Phrase::default() };
    };
    if is_header(first) && rows.len() > 1 {
        return by_header(first, rows, width);
    }
    by_look(rows, width)
}

/// Tells what a table is by its header, where that says of every column what it holds.
pub(crate) fn by_full_header(rows: &[Row]) -> Option<Told> {
    let width = rows.iter().map(Row::width).max()?;
    let first = rows.first().filter(|first| is_header(first) && rows.len() > 1)?;
    (0..width).all(|column| role(first.cell(column)).is_some()).then(|| by_header(first, rows, width))
}

fn by_header(first: &Row, rows: &[Row], width: usize) -> Told {
    let mut roles: Vec<Option<Role>> = (0..width).map(|column| role(first.cell(column))).collect();
    let quoted = |roles: &[Option<Role>]| {
        let named: Vec<String> = roles
            .iter()
            .enumerate()
            .filter(|(_, role)| role.is_some())
            .map(|(column, _)| format!("`{}`", first.cell(column)))
            .collect();
        named.join(", ")
    };
    let has = |role: &Role, roles: &[Option<Role>]| roles.iter().flatten().any(|other| other == role);
    let told = |shape, roles: Vec<Option<Role>>, why| Told { shape, roles, header: true, why };
    // Aspects stand in the first column, and what else the header names are the subjects.
    let corner = roles.first().is_some_and(|role| *role == Some(Role::Aspect));
    let asked = has(&Role::Question, &roles) || has(&Role::Gap, &roles) || has(&Role::Term, &roles);
    if corner && width >= 3 && !asked {
        let subjects =
            rows.iter().all(|row| row.number == first.number || !row.cell(0).is_empty() || row.filled() == 0);
        let plain = vec![None; width];
        let why = phrase!("`{$words}` heads its first column", words = first.cell(0));
        return told(if subjects { Shape::Comparison } else { Shape::Plain }, plain, why);
    }
    if !asked && roles.iter().filter(|role| matches!(role, Some(Role::In(_)))).count() >= 2 {
        let why = phrase!("its header names languages: {$names}", names = quoted(&roles));
        return told(Shape::Terms, roles, why);
    }
    // Before `A` is taken for the answer, which it heads beside `Q`.
    if has(&Role::Question, &roles) {
        letters(first, &mut roles);
    }
    // The first of two columns with one role has it.
    for at in 0..roles.len() {
        let once = !matches!(roles[at], Some(Role::Choice(_) | Role::Wrong | Role::In(_)) | None);
        if once && roles[..at].contains(&roles[at]) {
            roles[at] = None;
        }
    }
    let choices = |role: &Option<Role>| matches!(role, Some(Role::Choice(_)));
    if has(&Role::Question, &roles) || roles.iter().any(choices) {
        if !has(&Role::Question, &roles) {
            let free = roles.iter().position(|role| matches!(role, None | Some(Role::Term | Role::Gap)));
            if let Some(free) = free {
                roles[free] = Some(Role::Question);
            }
        }
        letters(first, &mut roles);
        fill(&mut roles, &Role::Answer, &Role::Meaning);
        let why = phrase!("its header has {$names}", names = quoted(&roles));
        return told(Shape::Questions, roles, why);
    }
    if has(&Role::Gap, &roles) {
        let why = phrase!("its header has {$names}", names = quoted(&roles));
        return told(Shape::Gaps, roles, why);
    }
    if !has(&Role::Term, &roles) {
        // `Aspect` and `name of the thing` head the words that a meaning is given for.
        let free = roles.iter().position(|role| matches!(role, None | Some(Role::Aspect | Role::In(_))));
        match free {
            Some(free) if has(&Role::Meaning, &roles) || has(&Role::FullForm, &roles) => roles[free] = Some(Role::Term),
            _ => {}
        }
    }
    if has(&Role::Term, &roles) && width > 1 {
        // `शब्द, English`: what isn't the term says what it means.
        if !has(&Role::Meaning, &roles) && !has(&Role::FullForm, &roles) {
            fill(&mut roles, &Role::Meaning, &Role::Answer);
        }
        if !has(&Role::Meaning, &roles) && !has(&Role::FullForm, &roles) {
            let free: Vec<usize> = (0..width).filter(|&at| matches!(roles[at], None | Some(Role::In(_)))).collect();
            let [one] = free.as_slice() else {
                let why = phrase!("its header tells no column that says what the terms mean");
                return told(Shape::Plain, vec![None; width], why);
            };
            if roles[*one].is_none() {
                roles[*one] = Some(Role::Meaning);
            }
        }
        let why = phrase!("its header has {$names}", names = quoted(&roles));
        return told(Shape::Terms, roles, why);
    }
    if width == 1 {
        return told(Shape::List, vec![None], phrase!("it has one column"));
    }
    told(Shape::Plain, vec![None; width], phrase!("its header tells no terms, questions or aspects"))
}

/// `A`, `B` … head choices beside a question.
fn letters(first: &Row, roles: &mut [Option<Role>]) {
    let single = |column: usize| {
        let words = first.cell(column).trim_matches(|c: char| "().".contains(c));
        (words.chars().count() == 1 && !words.chars().any(|c| c.is_ascii_digit()))
            .then(|| super::role::letter(words))?
    };
    let found: Vec<(usize, usize)> = (0..roles.len()).filter_map(|at| Some((at, single(at)?))).collect();
    // An `A` alone beside a `Q` heads answers.
    if found.len() >= 2 {
        for (at, number) in found {
            roles[at] = Some(Role::Choice(number));
        }
    }
}

/// Gives the role `wanted` to the column that has `instead`, where none has it.
fn fill(roles: &mut [Option<Role>], wanted: &Role, instead: &Role) {
    if roles.iter().flatten().any(|role| role == wanted) {
        return;
    }
    if let Some(role) = roles.iter_mut().find(|role| role.as_ref() == Some(instead)) {
        *role = Some(wanted.clone());
    }
}

fn by_look(rows: &[Row], width: usize) -> Told {
    let told = |shape, roles: Vec<Option<Role>>, header, why| Told { shape, roles, header, why };
    let all = |rows: &[Row], test: &dyn Fn(&Row) -> bool| !rows.is_empty() && rows.iter().all(test);
    let body = rows.get(1..).unwrap_or_default();
    let gaps = |row: &Row| row.cells.iter().any(|cell| cell.contains("{{"));
    if width <= 2 && all(body, &|row| gaps(row)) && body.len() + usize::from(rows.first().is_some_and(gaps)) > 1 {
        let header = rows.first().is_some_and(|row| !gaps(row));
        let at = rows.last().map_or(0, |row| usize::from(!row.cell(0).contains("{{")));
        let roles = (0..width).map(|column| (column == at).then_some(Role::Gap)).collect();
        return told(Shape::Gaps, roles, header, phrase!("each row has a gap in braces"));
    }
    if width == 1 {
        return told(Shape::List, vec![None], false, phrase!("it has one column"));
    }
    if width == 2 && all(body, &|row| asks(row.cell(0)) && !row.cell(1).is_empty()) {
        let header = rows.first().is_some_and(|row| !asks(row.cell(0)));
        let roles = vec![Some(Role::Question), Some(Role::Answer)];
        return told(Shape::Questions, roles, header, phrase!("the first cell of each row ends in a question mark"));
    }
    let first = &rows[0];
    let named = |column: usize| !first.cell(column).is_empty() && is_short(first.cell(column), 8);
    let aspects = all(body, &|row| !row.cell(0).is_empty() && is_short(row.cell(0), 10) && !is_value(row.cell(0)));
    let filled = all(body, &|row| row.filled() == width);
    if width >= 3
        && first.cell(0).is_empty()
        && (1..width).all(named)
        && aspects
        && body.iter().any(|row| row.filled() > 1)
    {
        return told(Shape::Comparison, vec![None; width], true, phrase!("the first cell of its header is empty"));
    }
    if width == 2 && first.filled() == 2 {
        let short = |row: &Row| is_short(row.cell(0), 6) && !row.cell(0).is_empty() && !is_value(row.cell(0));
        let says = |row: &Row| !is_short(row.cell(1), 4);
        let two = vec![Some(Role::Term), Some(Role::Meaning)];
        if all(rows, &|row| short(row) && says(row)) && rows.len() > 1 {
            return told(Shape::Terms, two, false, guess::sentences());
        }
        if all(body, &|row| short(row) && says(row)) && body.len() > 1 {
            return told(Shape::Terms, two, true, phrase!("each row below the first is a few words and a sentence"));
        }
        if all(rows, &|row| short(row) && !is_value(row.cell(1)) && script(row.cell(0)) != script(row.cell(1))) {
            return told(Shape::Terms, two, false, phrase!("each row has words in one script and words in another"));
        }
    }
    let labels = (0..width).all(|column| named(column) && !is_value(first.cell(column)));
    let distinct = (0..width).all(|at| (0..at).all(|other| first.cell(other) != first.cell(at)));
    let values = body.iter().any(|row| row.cells.iter().any(|cell| !cell.is_empty() && is_value(cell)));
    let header = labels && distinct && (filled || values || body.len() > 1);
    let why = if header {
        phrase!("its first row is short words, and nothing tells more")
    } else {
        phrase!("nothing heads its columns")
    };
    told(Shape::Plain, vec![None; width], header && !body.is_empty(), why)
}

/// The script of the first letter.
fn script(words: &str) -> Option<unicode_script::Script> {
    use unicode_script::UnicodeScript;
    words.chars().find(|c| c.is_alphabetic()).map(|c| c.script())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(rows: &[&[&str]]) -> (Shape, bool) {
        let rows: Vec<Row> = rows
            .iter()
            .enumerate()
            .map(|(at, cells)| Row {
                number: at + 1,
                cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
                ..Row::default()
            })
            .collect();
        let told = tell(&rows);
        (told.shape, told.header)
    }

    #[test]
    fn the_header_tells_the_shape() {
        assert_eq!(told(&[&["शब्द", "अर्थ"], &["जल", "पानी"]]), (Shape::Terms, true));
        assert_eq!(told(&[&["Question", "A", "B", "Answer"], &["1+1?", "1", "2", "B"]]), (Shape::Questions, true));
        assert_eq!(told(&[&["Q", "A"], &["Who?", "Me"]]), (Shape::Questions, true));
        let cells = |words: [&str; 5]| Row { cells: words.map(str::to_owned).to_vec(), ..Row::default() };
        let rows = [cells(["Question", "A", "B", "C", "Ans"]), cells(["1+1?", "1", "2", "3", "B"])];
        let choices = [Role::Question, Role::Choice(1), Role::Choice(2), Role::Choice(3), Role::Answer];
        assert_eq!(tell(&rows).roles, choices.map(Some));
        assert_eq!(told(&[&["पहलू", "गाय", "बकरी"], &["दूध", "ज़्यादा", "कम"]]), (Shape::Comparison, true));
        assert_eq!(told(&[&["रिक्त स्थान", "उत्तर"], &["सूरज ___ में उगता है", "पूरब"]]), (Shape::Gaps, true));
        assert_eq!(told(&[&["Hindi", "English"], &["जल", "water"]]), (Shape::Terms, true));
        assert_eq!(told(&[&["State", "Capital", "Area"], &["Kerala", "T.", "38,863"]]), (Shape::Plain, true));
    }

    #[test]
    fn without_a_header_the_look_tells() {
        assert_eq!(told(&[&["water", "जल"], &["fire", "आग"]]), (Shape::Terms, false));
        assert_eq!(told(&[&["1", "2"], &["3", "4"]]), (Shape::Plain, false));
        assert_eq!(told(&[&["Who?", "Me"], &["When?", "Now"]]), (Shape::Questions, false));
        assert_eq!(told(&[&["a"], &["b"]]), (Shape::List, false));
        assert_eq!(told(&[&["", "Cow", "Goat"], &["Milk", "much", "little"]]), (Shape::Comparison, true));
        assert_eq!(told(&[&["{{c1::a}} b"], &["c {{c1::d}}"]]), (Shape::Gaps, false));
    }
}
