//! The handout: the title, the sections one after another, and the key to the questions.

use patra_core::{Id, Material, Section, Text};

use super::number::number;
use super::{Bookmark, Column, Draw, Keep, NodeId, Role, Shape, Slice, Tree};
use crate::text::{Rich, natural_width};

/// Between facts on one line.
const FACTS_SEPARATOR: &str = "  ·  ";

/// Sets a whole material.
pub(crate) fn handout(column: &mut Column<'_>, material: &Material) {
    column.anchor(&material.id);
    let mut facts: Vec<String> = Vec::new();
    if !material.authors.is_empty() {
        facts.push(material.authors.join(", "));
    }
    if let Some(updated) = material.updated {
        facts.push(format!("{}: {updated}", column.label("updated")));
    }
    column.title(material, None, &facts);
    column.contents_place();
    for section in &material.sections {
        column.section(section, 1);
    }
    column.answer_key();
    column.imprint(material);
}

impl Column<'_> {
    /// Sets the title with the subject and the name of the paper above it, and facts below it.
    pub(crate) fn title(&mut self, material: &Material, paper: Option<&str>, facts: &[String]) {
        let theme = self.theme;
        let frame = self.frame();
        let style = self.body();
        let mut keep = Keep::May;
        let subject = material.subject.as_deref().filter(|subject| !subject.trim().is_empty());
        let above: Vec<&str> = subject.into_iter().chain(paper).collect();
        if !above.is_empty() {
            let style = style.bold().sized(theme.sizes.small + 1.0).coloured(theme.colours.muted);
            let node = self.tree.add(Tree::ROOT, Role::Paragraph);
            let rich = Rich::plain(&above.join(FACTS_SEPARATOR), &style);
            self.paragraph(&rich, style.size, &frame, node, 0.0, keep);
            keep = Keep::Never;
        }
        let title = style.bold().sized(theme.sizes.title).coloured(theme.colours.accent);
        let rich = self.rich(&material.title, &title);
        let node = self.tree.add(Tree::ROOT, Role::Heading(1));
        self.paragraph(&rich, title.size, &frame, node, 0.0, keep);
        if !facts.is_empty() {
            let style = style.sized(theme.sizes.small + 0.5).coloured(theme.colours.muted);
            let node = self.tree.add(Tree::ROOT, Role::Paragraph);
            let rich = Rich::plain(&facts.join(FACTS_SEPARATOR), &style);
            self.paragraph(&rich, style.size, &frame, node, 1.0, Keep::Never);
        }
        let shape = Shape::Fill { x: frame.x, y: 0.0, width: frame.width, height: 1.4, colour: theme.colours.accent };
        let draws = vec![Draw { cell: 0, node: NodeId(0), shape }];
        let rule = Slice { height: 10.0, draws, ..Slice::default() };
        self.put(vec![rule], 6.0, Keep::Never);
    }

    fn section(&mut self, section: &Section, depth: usize) {
        self.span = section.span;
        if section.heading.is_blank() {
            self.anchor(&section.id);
        } else {
            self.heading(&section.heading, Some(&section.id), depth);
        }
        let frame = self.frame();
        let above = if section.heading.is_blank() { 0.0 } else { 3.0 };
        self.blocks(&section.blocks, &frame, Tree::ROOT, above, Keep::May);
        for inner in &section.sections {
            self.section(inner, depth + 1);
        }
    }

    /// Sets a heading, which what comes next stays with.
    pub(crate) fn heading(&mut self, text: &Text, id: Option<&Id>, depth: usize) {
        let level = depth.clamp(1, self.theme.sizes.headings.len()) - 1;
        self.heading_sized(text, id, depth, level);
    }

    /// Sets a heading in the size of another level, from 0.
    pub(crate) fn heading_sized(&mut self, text: &Text, id: Option<&Id>, depth: usize, level: usize) {
        let theme = self.theme;
        let frame = self.frame();
        let style = self.body().bold().sized(theme.sizes.headings[level]);
        let style = if level < 2 { style.coloured(theme.colours.accent) } else { style };
        let role = Role::Heading(u8::try_from(depth + 1).unwrap_or(6));
        let node = self.tree.add(Tree::ROOT, role);
        let at = self.slices.len();
        if let Some(id) = id {
            self.anchor(id);
        }
        let rich = self.rich(text, &style);
        let mut slices = self.paragraph_slices(&rich, style.size, &frame, super::Align::Start, node);
        slices.iter_mut().skip(1).for_each(|slice| slice.keep = Keep::Never);
        self.put(slices, theme.spacing.above_headings[level], Keep::May);
        let bookmark = Bookmark { title: text.to_plain(), depth, id: id.filter(|id| !id.is_unset()).cloned() };
        if let Some(slice) = self.slices.get_mut(at) {
            slice.bookmark = Some(self.bookmarks.len());
        }
        self.bookmarks.push(bookmark);
        self.keep_heading();
    }

    /// What the foot of every page says of a material's source and licence, as far as it is short.
    pub(crate) fn origin(&mut self, material: &Material) -> Option<String> {
        let fact = |column: &Self, id, fact: &Option<String>| {
            fact.as_ref().map(|fact| format!("{}: {fact}", column.label(id)))
        };
        let (source, licence) = (fact(self, "source", &material.source), fact(self, "licence", &material.licence));
        let both = source.iter().chain(&licence).cloned().collect::<Vec<_>>().join(FACTS_SEPARATOR);
        let style = self.body().sized(self.theme.sizes.small);
        let room = self.frame().width * super::running::NOTE;
        let fits = |column: &mut Self, words: &String| {
            let pieces = column.pieces(&Rich::plain(words, &style));
            !words.is_empty() && natural_width(&pieces) <= room
        };
        [Some(both), licence, source].into_iter().flatten().find(|words| fits(self, words))
    }

    /// Where the material comes from and how it may be used, below all else.
    pub(crate) fn imprint(&mut self, material: &Material) {
        let facts = [("source", &material.source), ("licence", &material.licence)];
        let facts: Vec<String> = facts
            .into_iter()
            .filter_map(|(id, fact)| fact.as_ref().map(|fact| format!("{}: {fact}", self.label(id))))
            .collect();
        let theme = self.theme;
        let style = self.body().sized(theme.sizes.small).coloured(theme.colours.muted);
        let frame = self.frame();
        for (i, fact) in facts.iter().enumerate() {
            let node = self.tree.add(Tree::ROOT, Role::Paragraph);
            let above = if i == 0 { theme.spacing.above_headings[0] } else { 0.0 };
            let keep = if i == 0 { Keep::Avoid } else { Keep::Never };
            self.paragraph(&Rich::plain(fact, &style), style.size, &frame, node, above, keep);
        }
    }

    /// `page 3 of 12` in the material's language.
    pub(crate) fn page_number(&self, page: usize, total: usize) -> String {
        let (page, total) = (number(page, self.language), number(total, self.language));
        self.messages.string("page", &[("number", &page), ("total", &total)])
    }
}
