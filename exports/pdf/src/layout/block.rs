//! Blocks, each set at the end of the column.

use std::rc::Rc;

use patra_core::{
    Block, Cloze, Code, CodeBlock, Comparison, Definition, Diagnostic, Figure, List, Math, Note, NoteKind, Phrase,
    Question, Quote, Run, Span, Table, Terms, Text, Verse, phrase, plain_formula,
};

use super::column::Answered;
use super::exercise::Spot;
use super::number::number;
use super::room::TASK;
use super::table::{Grid, GridRow};
use super::{Align, Bar, Column, Draw, Frame, Keep, NodeId, Picture, ReadPicture, Role, Shape, Slice, read_beside};
use crate::text::{Colour, Rich, Style, natural_width};

impl Column<'_> {
    /// Sets blocks below each other; the first with a space above it, kept with what stands before as `keep` says.
    pub(crate) fn blocks(&mut self, blocks: &[Block], frame: &Frame, parent: NodeId, before: f32, keep: Keep) {
        for (i, block) in blocks.iter().enumerate() {
            let (before, keep) = match i.checked_sub(1).and_then(|above| blocks.get(above)) {
                None => (before, keep),
                Some(above) => (self.gap(above, block), keep_between(above, block)),
            };
            self.block(block, frame, parent, before, keep);
        }
    }

    /// The space between two blocks: tables, and what is set off by a ground, want more than paragraphs.
    pub(super) fn gap(&self, above: &Block, below: &Block) -> f32 {
        let wide = |block: &Block| matches!(block, Block::Table(_) | Block::Comparison(_) | Block::Figure(_));
        let set_off =
            |block: &Block| matches!(block, Block::Definition(_) | Block::Note(_) | Block::Code(_) | Block::Quote(_));
        let factor = match (above, below) {
            (above, below) if wide(above) || wide(below) => 1.9,
            (above, below) if set_off(above) != set_off(below) => 1.4,
            _ => 1.0,
        };
        self.theme.spacing.paragraphs * factor
    }

    pub(super) fn block(&mut self, block: &Block, frame: &Frame, parent: NodeId, before: f32, keep: Keep) {
        self.span = block.span();
        match block {
            Block::Paragraph(paragraph) => self.plain_paragraph(&paragraph.text, frame, parent, before, keep),
            Block::Verse(verse) => self.verse(verse, frame, parent, before, keep),
            Block::Cloze(cloze) => self.cloze(cloze, frame, parent, before, keep),
            Block::Definition(definition) => self.definition(definition, frame, parent, before, keep),
            Block::Terms(terms) => self.terms(terms, frame, parent, before, keep),
            Block::Comparison(comparison) => self.comparison(comparison, frame, parent, before, keep),
            Block::Table(table) => self.plain_table(table, frame, parent, before, keep),
            Block::List(list) => self.list(list, frame, parent, before, keep),
            Block::Note(note) => self.note(note, frame, parent, before, keep),
            Block::Quote(quote) => self.quote(quote, frame, parent, before, keep),
            Block::Code(code) => self.code(code, frame, parent, before, keep),
            Block::Math(math) => self.math(math, frame, parent, before, keep),
            Block::Figure(figure) => self.figure(figure, frame, parent, before, keep),
            Block::Question(question) => self.question(question, frame, parent, before, keep),
        }
    }

    /// A rich text in a style, with a warning where it holds a formula.
    pub(crate) fn rich(&mut self, text: &Text, style: &Style) -> Rich {
        let mut formulas = Vec::new();
        text.walk(&mut |run| {
            if let Run::Math(tex) = run {
                formulas.push(tex.clone());
            }
        });
        for tex in formulas {
            if let Err(why) = self.shaper.formula(&tex, false, style.size, style.language) {
                self.formula_warning(&tex, &why);
            }
        }
        Rich::of(text, style, self.shaper)
    }

    fn formula_warning(&mut self, tex: &str, why: &Phrase) {
        let start: String = tex.chars().take(60).collect();
        let rest = if start.len() < tex.len() { "…" } else { "" };
        let tex = format!("{start}{rest}");
        let message = phrase!("the formula `{$tex}` is shown as it is written, in LaTeX: {$why}", tex, why);
        let problem = Diagnostic::new(Code::FormulaAsSource, self.span, message);
        self.diagnostics.push(problem.with_hint("docs/format.md says which commands patra knows"));
    }

    pub(crate) fn plain_paragraph(&mut self, text: &Text, frame: &Frame, parent: NodeId, before: f32, keep: Keep) {
        let style = self.body();
        let rich = self.rich(text, &style);
        if rich.is_blank() {
            return;
        }
        let node = self.tree.add(parent, Role::Paragraph);
        self.paragraph(&rich, style.size, frame, node, before, keep);
    }

    fn cloze(&mut self, cloze: &Cloze, frame: &Frame, parent: NodeId, before: f32, keep: Keep) {
        self.anchor(&cloze.id);
        self.plain_paragraph(&cloze.text, frame, parent, before, keep);
    }

    fn definition(&mut self, definition: &Definition, frame: &Frame, parent: NodeId, before: f32, keep: Keep) {
        self.anchor(&definition.id);
        let start = self.slices.len();
        let theme = self.theme;
        let inner = self.set_off(frame, theme.colours.accent, Some(theme.colours.ground));
        let style = self.body();
        let term = style.bold().coloured(theme.colours.accent).sized(theme.sizes.body + 1.0);
        let mut rich = self.rich(&definition.term, &term);
        if let Some(full_form) = &definition.full_form {
            rich.push(" (", &style, false);
            rich.add(full_form, &style, self.shaper);
            rich.push(")", &style, false);
        }
        let node = self.tree.add(parent, Role::Paragraph);
        self.paragraph(&rich, term.size, &inner, node, before, keep);
        let rich = self.rich(&definition.meaning, &style);
        if !rich.is_blank() {
            let node = self.tree.add(parent, Role::Paragraph);
            self.paragraph(&rich, style.size, &inner, node, 1.0, Keep::Never);
        }
        self.blocks(&definition.details, &inner, parent, theme.spacing.paragraphs * 0.7, Keep::Avoid);
        self.pad(start, 4.0, 5.0);
    }

    fn terms(&mut self, terms: &Terms, frame: &Frame, parent: NodeId, before: f32, keep: Keep) {
        self.anchor(&terms.id);
        let theme = self.theme;
        let list = self.tree.add(parent, Role::List);
        if let Some(list) = self.tree.node_mut(list) {
            list.numbered = terms.ordered;
        }
        let style = self.body();
        let term_style = style.bold().coloured(theme.colours.accent);
        let inner = frame.indented(theme.spacing.indent, self.rtl);
        for (i, entry) in terms.entries.iter().enumerate() {
            self.span = entry.span;
            self.anchor(&entry.id);
            let item = self.tree.add(list, Role::Item);
            let label = self.tree.add(item, Role::Label);
            let (above, keep) = if i == 0 { (before, keep) } else { (theme.spacing.paragraphs, Keep::May) };
            let at = self.slices.len();
            let rich = self.rich(&entry.term, &term_style);
            self.paragraph(&rich, style.size, &inner, label, above, keep);
            let marker = if terms.ordered { format!("{}.", number(i + 1, self.language)) } else { "•".to_owned() };
            self.hang(at, &Rich::plain(&marker, &term_style), &inner, theme.spacing.indent, label);
            let rich = self.rich(&entry.description, &style);
            let body = self.tree.add(item, Role::Body);
            if !rich.is_blank() {
                let node = self.tree.add(body, Role::Paragraph);
                self.paragraph(&rich, style.size, &inner, node, 0.5, Keep::Never);
            }
            self.blocks(&entry.details, &inner, body, theme.spacing.items, Keep::Avoid);
        }
    }

    fn list(&mut self, list: &List, frame: &Frame, parent: NodeId, before: f32, keep: Keep) {
        let theme = self.theme;
        let node = self.tree.add(parent, Role::List);
        if let Some(element) = self.tree.node_mut(node) {
            element.numbered = list.start.is_some();
            element.counting = list.marker.style;
        }
        let style = self.body();
        let marker_style = style.coloured(theme.colours.accent);
        let own_marker = list.start.is_some() && !list.marker.is_default();
        let last = list.start.map(|start| start as usize + list.items.len().saturating_sub(1));
        // Room for the widest number.
        let mut gutter =
            theme.spacing.indent.max(last.map_or(0.0, |last| theme.scaled(7.0 + 6.2 * last.to_string().len() as f32)));
        let labels: Vec<Option<String>> = (0..list.items.len()).map(|i| list.label(i).filter(|_| own_marker)).collect();
        for label in labels.iter().flatten() {
            let label = Rich::plain(label, &marker_style);
            gutter = gutter.max(natural_width(&self.pieces(&label)) + theme.scaled(5.0));
        }
        // Labels of any length leave room for the words.
        let gutter = gutter.min(frame.width / 2.0);
        let inner = frame.indented(gutter, self.rtl);
        for (i, (item, own)) in list.items.iter().zip(labels).enumerate() {
            self.span = item.span;
            let element = self.tree.add(node, Role::Item);
            let label = self.tree.add(element, Role::Label);
            let body = self.tree.add(element, Role::Body);
            let (above, keep) = if i == 0 { (before, keep) } else { (theme.spacing.items, Keep::May) };
            let at = self.slices.len();
            let marker = match (own, list.start) {
                (Some(own), _) => own,
                (None, Some(start)) => format!("{}.", number(start as usize + i, self.language)),
                (None, None) => "•".to_owned(),
            };
            let rich = self.rich(&item.text, &style);
            let blank = rich.is_blank();
            if !blank {
                let node = self.tree.add(body, Role::Paragraph);
                self.paragraph(&rich, style.size, &inner, node, above, keep);
            }
            let (above, keep) = if blank { (above, keep) } else { (theme.spacing.items, Keep::Avoid) };
            self.blocks(&item.blocks, &inner, body, above, keep);
            self.hang(at, &Rich::plain(&marker, &marker_style), &inner, gutter, label);
        }
    }

    fn comparison(&mut self, comparison: &Comparison, frame: &Frame, parent: NodeId, before: f32, keep: Keep) {
        self.anchor(&comparison.id);
        let (cell, head) = self.table_styles();
        let mut heads = vec![self.rich(&comparison.corner, &head)];
        for subject in &comparison.subjects {
            heads.push(self.rich(&subject.name, &head));
        }
        let mut rows = Vec::new();
        for aspect in &comparison.aspects {
            let mut cells = vec![self.rich(&aspect.name, &cell.bold())];
            for text in &aspect.cells {
                cells.push(self.rich(text, &cell));
            }
            let mut anchors = vec![comparison.row_id(aspect)];
            anchors.extend(comparison.subjects.iter().map(|subject| comparison.cell_id(aspect, subject)));
            rows.push(GridRow { cells, anchors, span: aspect.span });
        }
        let grid = Grid { heads, rows, row_heads: true, ..Grid::default() };
        self.table(&grid, frame, parent, before, keep);
    }

    fn plain_table(&mut self, table: &Table, frame: &Frame, parent: NodeId, before: f32, keep: Keep) {
        let (cell, head) = self.table_styles();
        let mut heads = Vec::new();
        for column in &table.columns {
            heads.push(self.rich(&column.heading, &head));
        }
        let mut rows = Vec::new();
        for row in &table.rows {
            let mut cells = Vec::new();
            for text in &row.cells {
                cells.push(self.rich(text, &cell));
            }
            rows.push(GridRow { cells, anchors: Vec::new(), span: row.span });
        }
        let alignments = table.columns.iter().map(|column| column.alignment).collect();
        self.table(&Grid { heads, alignments, rows, ..Grid::default() }, frame, parent, before, keep);
    }

    fn table_styles(&mut self) -> (Style, Style) {
        let cell = self.body().sized(self.theme.sizes.table);
        let head = cell.bold().coloured(self.theme.colours.accent);
        (cell, head)
    }

    fn note(&mut self, note: &Note, frame: &Frame, parent: NodeId, before: f32, keep: Keep) {
        let theme = self.theme;
        let start = self.slices.len();
        let inner = self.set_off(frame, theme.colours.accent, Some(theme.colours.ground));
        let element = self.tree.add(parent, Role::Note);
        let style = self.body().bold().coloured(theme.colours.accent);
        let id = match note.kind {
            NoteKind::Tip => "tip",
            NoteKind::Important => "important",
            NoteKind::Warning => "warning",
            NoteKind::Caution => "caution",
            _ => "note",
        };
        let rich = Rich::plain(&self.label(id), &style);
        let node = self.tree.add(element, Role::Paragraph);
        self.paragraph(&rich, style.size, &inner, node, before, keep);
        self.blocks(&note.blocks, &inner, element, 1.0, Keep::Never);
        self.pad(start, 4.0, 5.0);
    }

    /// Sets verse: each line begins at the edge, and what doesn't fit it hangs below, set in.
    fn verse(&mut self, verse: &Verse, frame: &Frame, parent: NodeId, before: f32, keep: Keep) {
        let style = self.body();
        let hanging = (self.theme.spacing.indent * 1.5).min(frame.width / 3.0);
        let inner = frame.indented(hanging, self.rtl);
        let (mut before, mut keep) = (before, keep);
        for stanza in &verse.stanzas {
            let node = self.tree.add(parent, Role::Paragraph);
            for (place, line) in stanza.iter().enumerate() {
                let rich = self.rich(line, &style);
                let mut slices = self.paragraph_slices(&rich, style.size, &inner, Align::Start, node);
                if let Some(first) = slices.first_mut() {
                    first.shift(0.0, if self.rtl { hanging } else { -hanging });
                }
                // A stanza stays on one page where it can.
                self.put(slices, before, keep);
                (before, keep) = (0.0, if place == 0 { Keep::Never } else { Keep::Avoid });
            }
            (before, keep) = (self.theme.spacing.paragraphs, Keep::May);
        }
    }

    fn quote(&mut self, quote: &Quote, frame: &Frame, parent: NodeId, before: f32, keep: Keep) {
        let inner = self.set_off(frame, self.theme.colours.rule, None);
        let element = self.tree.add(parent, Role::Quote);
        self.blocks(&quote.blocks, &inner, element, before, keep);
    }

    fn code(&mut self, code: &CodeBlock, frame: &Frame, parent: NodeId, before: f32, keep: Keep) {
        let theme = self.theme;
        let start = self.slices.len();
        let inner = self.set_off(frame, theme.colours.rule, Some(theme.colours.ground));
        let style = self.body().sized(theme.sizes.code);
        let node = self.tree.add(parent, Role::Code);
        let rich = Rich::code(&code.text, &style);
        self.paragraph(&rich, style.size, &inner, node, before, keep);
        self.pad(start, 3.0, 3.0);
    }

    fn math(&mut self, math: &Math, frame: &Frame, parent: NodeId, before: f32, keep: Keep) {
        let body = self.body();
        let (rich, style) = match self.shaper.formula(&math.tex, true, body.size, body.language) {
            Ok(formula) => {
                let mut rich = Rich::default();
                rich.push_formula(formula, &body);
                (rich, body)
            }
            Err(why) => {
                self.formula_warning(&math.tex, &why);
                let style = body.italic();
                (Rich::code(&plain_formula(&math.tex), &style), style)
            }
        };
        let node = self.tree.add(parent, Role::Formula);
        if let Some(element) = self.tree.node_mut(node) {
            element.alt = Some(plain_formula(&math.tex).into_owned());
        }
        let slices = self.paragraph_slices(&rich, style.size, frame, Align::Centre, node);
        self.put(slices, before, keep);
    }

    /// A figure's picture, if its file is there, and tells what is lost of it.
    fn picture(&mut self, figure: &Figure) -> Option<Result<Picture, Phrase>> {
        let known = self.pictures.get(&figure.source).cloned();
        let read = match known {
            Some(known) => known,
            None => {
                let read = Rc::new(self.read_picture(self.media.get(&figure.source)?));
                self.pictures.insert(figure.source.clone(), Rc::clone(&read));
                read
            }
        };
        let read = match &*read {
            Ok(read) => read,
            Err(why) => return Some(Err(why.clone())),
        };
        self.span = figure.span;
        self.tell_missing(&read.missing);
        for loss in &read.losses {
            let message = phrase!("in the picture `{$source}`, {$loss}", source = figure.source, loss);
            self.diagnostics.push(Diagnostic::new(Code::DrawingLesser, figure.span, message));
        }
        Some(Ok(read.picture.clone()))
    }

    fn read_picture(&mut self, bytes: &[u8]) -> Result<ReadPicture, Phrase> {
        if !crate::svg::is_svg(bytes) {
            let picture = read_beside(&self.pictures, bytes)?;
            return Ok(ReadPicture { picture, losses: Vec::new(), missing: Vec::new() });
        }
        let drawn = crate::svg::read(bytes, self.language, self.shaper)?;
        let picture = Picture::drawn(drawn.drawing, bytes);
        Ok(ReadPicture { picture, losses: drawn.losses, missing: drawn.missing })
    }

    fn figure(&mut self, figure: &Figure, frame: &Frame, parent: NodeId, before: f32, keep: Keep) {
        let theme = self.theme;
        let picture = self.picture(figure);
        let read = matches!(picture, Some(Err(_)));
        // Words that stand in for a picture are words.
        let role = if matches!(picture, Some(Ok(_))) { Role::Figure } else { Role::Division };
        let node = self.tree.add(parent, role);
        let why = match picture {
            Some(Ok(picture)) => {
                if let Some(element) = self.tree.node_mut(node) {
                    element.alt = Some(figure.alt.clone());
                }
                let (width, height) = picture.fitted(frame.width, self.page_height * 0.6);
                let x = frame.x + (frame.width - width) / 2.0;
                let shape = Shape::Picture { picture, x, y: 0.0, width, height };
                let draws = vec![Draw { cell: 0, node, shape }];
                let slice = Slice { height, draws, bars: Rc::clone(&frame.bars), ..Slice::default() };
                self.put(vec![slice], before + 2.0, keep);
                None
            }
            Some(Err(why)) => Some(why),
            None => Some(phrase!("its file was not found")),
        };
        if let Some(why) = why {
            let message = phrase!("the picture `{$source}` can't be shown: {$why}", source = figure.source, why);
            let problem = Diagnostic::new(Code::MissingFigure, figure.span, message);
            let hint = "save it anew as a PNG file, an SVG file or a JPEG file in RGB";
            self.diagnostics.push(if read { problem.with_hint(hint) } else { problem });
            let style = self.body().italic().coloured(theme.colours.muted);
            let words = if figure.alt.trim().is_empty() { &figure.source } else { &figure.alt };
            let rich = Rich::plain(&format!("[{}: {words}]", self.label("figure")), &style);
            let start = self.slices.len();
            let inner = self.set_off(frame, theme.colours.rule, None);
            let text = self.tree.add(node, Role::Paragraph);
            self.paragraph(&rich, style.size, &inner, text, before, keep);
            self.pad(start, 3.0, 3.0);
        }
        if let Some(caption) = &figure.caption {
            let style = self.body().sized(theme.sizes.small + 0.5).coloured(theme.colours.muted);
            let rich = self.rich(caption, &style);
            let caption = self.tree.add(node, Role::Caption);
            let slices = self.paragraph_slices(&rich, style.size, frame, Align::Centre, caption);
            self.put(slices, 3.0, Keep::Never);
        }
    }

    fn question(&mut self, question: &Question, frame: &Frame, parent: NodeId, before: f32, keep: Keep) {
        self.anchor(&question.id);
        let theme = self.theme;
        let n = self.answers.len() + 1;
        let style = self.body();
        let label = format!("{} {}. ", self.label("question"), number(n, self.language));
        let mut rich = Rich::plain(&label, &style.bold().coloured(theme.colours.accent));
        let prompt = self.rich(&question.prompt, &style);
        if !prompt.is_blank() {
            rich.add(&question.prompt, &style, self.shaper);
        }
        let node = self.tree.add(parent, Role::Paragraph);
        self.paragraph(&rich, style.size, frame, node, before + 2.0, keep);
        self.blocks(&question.stem, frame, parent, theme.spacing.items, Keep::Avoid);
        self.span = question.span;
        if let Some(hint) = &question.hint {
            let style = style.sized(theme.sizes.table).coloured(theme.colours.muted);
            let mut rich = Rich::plain(&format!("{}: ", self.label("hint")), &style.bold());
            rich.add(hint, &style, self.shaper);
            let node = self.tree.add(parent, Role::Paragraph);
            self.paragraph(&rich, style.size, frame, node, 0.0, Keep::Never);
        }
        if !question.choices.is_empty() {
            self.choices(question, frame, parent);
        }
        let answered = question.is_answered();
        if !answered && let Some(room) = question.room.or(question.choices.is_empty().then_some(TASK)) {
            self.room(room, &Spot { frame: frame.clone(), parent, before: 3.0, keep: Keep::Never });
        }
        self.answers.push(answered.then(|| Answered {
            number: n,
            text: key(question),
            details: question.details.clone(),
            span: question.span,
        }));
    }

    fn choices(&mut self, question: &Question, frame: &Frame, parent: NodeId) {
        let theme = self.theme;
        let style = self.body();
        let list = self.tree.add(parent, Role::List);
        if let Some((element, lettering)) = self.tree.node_mut(list).zip(question.lettering) {
            element.numbered = true;
            element.counting = lettering.style;
        }
        let outer = frame.indented(theme.spacing.indent * 0.5, self.rtl);
        let gutter = theme.spacing.indent;
        let labels: Vec<Option<Rich>> = (1..)
            .zip(&question.choices)
            .map(|(i, _)| question.lettering.map(|lettering| Rich::plain(&lettering.label(i), &style.bold())))
            .collect();
        let mut room = 0.0_f32;
        for label in labels.iter().flatten() {
            room = room.max(natural_width(&self.pieces(label)) + theme.scaled(5.0));
        }
        let room = room.min(outer.width / 3.0);
        let boxes = outer.indented(gutter, self.rtl);
        let inner = boxes.indented(room, self.rtl);
        for (choice, letter) in question.choices.iter().zip(labels) {
            if !choice.span.is_none() {
                self.span = choice.span;
            }
            let item = self.tree.add(list, Role::Item);
            let label = letter.is_some().then(|| self.tree.add(item, Role::Label));
            let body = self.tree.add(item, Role::Body);
            let node = self.tree.add(body, Role::Paragraph);
            let at = self.slices.len();
            let rich = self.rich(&choice.text, &style);
            self.paragraph(&rich, style.size, &inner, node, 2.0, Keep::Never);
            if let (Some(letter), Some(label)) = (letter, label) {
                self.hang(at, &letter, &inner, room, label);
            }
            let size = style.size * 0.78;
            let x = if self.rtl { boxes.x + boxes.width + gutter - size } else { boxes.x - gutter };
            if let Some(slice) = self.slices.get_mut(at) {
                let y = slice.base().unwrap_or(size) - size * 0.95;
                let shape = Shape::Box { x, y, size, colour: theme.colours.muted };
                slice.draws.insert(0, Draw { cell: 0, node: NodeId(0), shape });
            }
        }
        self.span = question.span;
    }

    /// A frame set off by a bar along its start, and a ground behind it if one is given.
    fn set_off(&mut self, frame: &Frame, colour: Colour, ground: Option<Colour>) -> Frame {
        let block = self.next_block();
        let mut bars: Vec<Bar> = frame.bars.to_vec();
        if let Some(colour) = ground {
            bars.push(Bar { block, x: frame.x, width: frame.width, colour });
        }
        let width = 2.4;
        let x = if self.rtl { frame.x + frame.width - width } else { frame.x };
        bars.push(Bar { block, x, width, colour });
        let inner = frame.indented(11.0, self.rtl);
        let inner = if ground.is_some() { inner.shortened(9.0, self.rtl) } else { inner };
        Frame { bars: bars.into(), ..inner }
    }

    /// Adds room above the first and below the last of the slices from `start`.
    fn pad(&mut self, start: usize, above: f32, below: f32) {
        if let Some(first) = self.slices.get_mut(start) {
            first.shift(above, 0.0);
        }
        if let Some(last) = self.slices.get_mut(start..).and_then(<[Slice]>::last_mut) {
            last.height += below;
        }
    }
}

/// A sentence that leads up to a list or a table stays with it where it can.
fn keep_between(above: &Block, below: &Block) -> Keep {
    let leads = matches!(above, Block::Paragraph(_));
    let listed = matches!(below, Block::List(_) | Block::Terms(_) | Block::Table(_) | Block::Comparison(_));
    if leads && listed { Keep::Avoid } else { Keep::May }
}

/// What the key says of a question: the right choices, if it has choices, and the answer.
fn key(question: &Question) -> Text {
    let mut text = Text::default();
    for (i, choice) in (1..).zip(&question.choices).filter(|(_, choice)| choice.correct) {
        if !text.is_empty() {
            text.push(Run::Plain("; ".into()));
        }
        if let Some(lettering) = question.lettering {
            text.push(Run::Strong(format!("{} ", lettering.label(i)).into()));
        }
        text.push(Run::Strong(choice.text.clone()));
    }
    if !question.answer.is_blank() {
        if !text.is_empty() {
            text.push(Run::Plain(" — ".into()));
        }
        text.append(question.answer.clone());
    }
    text
}

impl Column<'_> {
    /// The answers to the questions met, numbered as they are.
    pub(crate) fn answer_key(&mut self) {
        let answers: Vec<Answered> = std::mem::take(&mut self.answers).into_iter().flatten().collect();
        if answers.is_empty() {
            return;
        }
        let frame = self.frame();
        self.span = Span::NONE;
        self.heading(&Text::plain(self.label("answers")), None, 1);
        let theme = self.theme;
        let style = self.body().sized(theme.sizes.table);
        let list = self.tree.add(super::Tree::ROOT, Role::List);
        if let Some(list) = self.tree.node_mut(list) {
            list.numbered = true;
        }
        let digits = answers.last().map_or(1, |last| last.number.to_string().len());
        let gutter = theme.spacing.indent.max(theme.scaled(7.0 + 6.2 * digits as f32));
        let inner = frame.indented(gutter, self.rtl);
        for (i, answered) in answers.iter().enumerate() {
            self.span = answered.span;
            let item = self.tree.add(list, Role::Item);
            let label = self.tree.add(item, Role::Label);
            let body = self.tree.add(item, Role::Body);
            let at = self.slices.len();
            let rich = self.rich(&answered.text, &style);
            let above = if i == 0 { 2.0 } else { theme.spacing.items };
            let blank = rich.is_blank();
            if !blank {
                let node = self.tree.add(body, Role::Paragraph);
                self.paragraph(&rich, style.size, &inner, node, above, Keep::May);
            }
            let above = if blank { above } else { theme.spacing.items };
            self.blocks(&answered.details, &inner, body, above, Keep::Avoid);
            let marker = format!("{}.", number(answered.number, self.language));
            self.hang(at, &Rich::plain(&marker, &style.bold().coloured(theme.colours.accent)), &inner, gutter, label);
        }
    }
}
