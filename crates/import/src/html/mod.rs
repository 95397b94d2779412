//! Pages of HTML.
//!
//! A page is parsed as browsers do ([`parse`], [`tree`]); its article is found and what is no part of it left out
//! ([`article`]); the nodes of the article become pieces ([`flow`], with a module for each thing that is more than words),
//! and the pieces sections ([`shape`]), by the recognisers of pasted text where the page's own elements say nothing.

mod article;
mod figure;
mod flow;
mod head;
mod inline;
mod list;
mod math;
mod mathml;
mod parse;
mod question;
mod shape;
mod style;
mod table;
mod tree;

use patra_core::{Block, Code, Diagnostic, Language, Material, Paragraph, Phrase, Read, Source, Span, Text, phrase};

use article::Article;
use flow::{Flow, Page, Piece, Told};
use head::Head;
use style::Styles;
use tree::{Index, Tree};

use crate::text::{distinct, script, title};

/// What is known of a page besides its source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HtmlOptions {
    /// What the page is called, such as its file's name without the ending. It becomes the title where the page has none.
    pub name: Option<String>,
}

impl HtmlOptions {
    /// Options for a page that has a name.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        HtmlOptions { name: Some(name.into()) }
    }
}

/// Reads a page of HTML: a saved article, or what Word or Google Docs export.
///
/// The article is told from navigation, advertisements and the like around it; what is left out is reported, each part
/// with its place ([`Code::BoilerplateLeftOut`]), and no word of the rest is lost. Headings, lists, terms (`dl`), tables,
/// questions (`details`), figures, formulas and the language of words are taken as the elements say them; paragraphs that
/// stand for such are told as in pasted text, and reported ([`Code::Guessed`]). The material is `None` only where the page
/// holds nothing to read, or passes a limit ([`Code::TooLarge`]).
///
/// Nothing is fetched: pictures keep the names that the page has for them.
///
/// ```
/// use patra_core::{Block, Code, Source};
/// use patra_import::{HtmlOptions, read_html};
///
/// let page = "<nav>Home</nav><main><h1>Tea</h1><dl><dt>Assam<dd>strong</dl></main>";
/// let read = read_html(&Source::new(page.to_owned()), &HtmlOptions::default());
/// let material = read.material.ok_or("nothing to read")?;
/// assert_eq!(material.title.to_plain(), "Tea");
/// assert!(matches!(&material.sections[0].blocks[0], Block::Terms(terms) if terms.entries.len() == 1));
/// assert!(read.diagnostics.iter().any(|diagnostic| diagnostic.code == Code::BoilerplateLeftOut));
/// # Ok::<(), &str>(())
/// ```
pub fn read_html(source: &Source, options: &HtmlOptions) -> Read {
    let parsed = match parse::parse(source.text()) {
        Ok(parsed) => parsed,
        Err(problem) => return Read { material: None, diagnostics: vec![problem] },
    };
    let tree = &parsed.tree;
    let head = Head::of(tree);
    let styles = Styles::of(tree);
    let article = Article::of(tree);
    let mut told = Told::default();
    told.notes.extend(parsed.diagnostics);
    let words = visible(tree, &article, article.root);
    let (language, problem) = language(&head, &words, tree, article.root);
    told.notes.extend(problem);
    for (&index, why) in &article.left_out {
        told.notes.push(figure::embedded(tree, index).unwrap_or_else(|| left_out(tree, index, why)));
    }

    let page = Page { tree, styles: &styles, article: &article, language: &language, origin: head.origin() };
    let mut flow = Flow::new(&page, &mut told, Vec::new(), 0);
    let heading = article.title.map(|index| flow.title(index));
    flow.read(article.root);
    let mut pieces = std::mem::take(&mut flow.out);
    let heading = heading.or_else(|| own_title(&mut pieces, &head));

    let mut material = Material { language, sections: shape::sections(pieces, &mut told), ..Material::default() };
    let place = article.title.map_or_else(|| tree.span(article.root), |index| tree.span(index));
    if material.sections.is_empty() {
        match &heading {
            Some(text) => {
                let block = Block::Paragraph(Paragraph { text: text.clone(), span: place });
                material.sections = vec![patra_core::Section { blocks: vec![block], ..Default::default() }];
            }
            None => {
                told.notes.push(Diagnostic::new(Code::EmptySource, Span::NONE, "the page holds nothing to read"));
                told.notes.extend(told.removed.diagnostics_in(source.text()));
                return Read { material: None, diagnostics: told.notes.finish() };
            }
        }
    }
    material.title = match (heading, &head.title) {
        (Some(text), _) => text,
        (None, Some(title)) => Text::plain(without_site(title)),
        (None, None) => {
            let (words, why) = title::fallback(&material, options.name.as_deref());
            let message = title::told(&words, why);
            let hint = "write `title:` in the front matter of the imported source";
            told.notes.push(Diagnostic::new(Code::MissingTitle, place, message).with_hint(hint));
            Text::plain(words)
        }
    };
    material.authors = head.authors;
    material.source = head.source;
    material.licence = head.licence;
    material.updated = head.updated;
    distinct::distinct_ids(&mut material);
    told.notes.extend(material.assign_ids());
    told.notes.extend(told.removed.diagnostics_in(source.text()));
    Read { material: Some(material), diagnostics: told.notes.finish() }
}

/// The heading of the page, which is its title and no section: the only one of the first level, or the one that the page
/// is named after.
fn own_title(pieces: &mut Vec<Piece>, head: &Head) -> Option<Text> {
    let highest = |piece: &Piece| match piece {
        Piece::Heading { level, .. } => Some(*level),
        _ => None,
    };
    let level = pieces.iter().filter_map(highest).min().filter(|&level| level <= 1)?;
    let is_first = |piece: &Piece| highest(piece) == Some(level);
    let at = pieces.iter().position(is_first)?;
    let alone = pieces.iter().filter(|piece| is_first(piece)).count() == 1;
    let Piece::Heading { text, .. } = &pieces[at] else { return None };
    let words = text.to_plain();
    let named = head.title.as_ref().is_some_and(|title| title.starts_with(&words));
    if !(alone || named) || pieces.len() == 1 {
        return None;
    }
    let Piece::Heading { text, .. } = pieces.remove(at) else { return None };
    Some(inline::name(text))
}

/// `Article | Site` without the site.
fn without_site(title: &str) -> &str {
    let parted = [" | ", " – ", " — ", " - ", " » ", " :: "].iter().filter_map(|mark| title.rfind(mark)).max();
    parted.map(|at| title[..at].trim()).filter(|words| words.split_whitespace().count() > 1).unwrap_or(title)
}

/// The material's language, and what is said of it where the page doesn't say it, or says another.
fn language(head: &Head, words: &str, tree: &Tree, root: Index) -> (Language, Option<Diagnostic>) {
    let (told, how) = script::language(words);
    let place = tree.span(root);
    let hint = "write `language:` in the front matter of the imported source";
    let Some((claimed, at)) = &head.language else {
        let message = phrase!("the page does not name its language; {$how}", how);
        return (told, Some(Diagnostic::new(Code::MissingLanguage, place, message).with_hint(hint)));
    };
    // Blogs in Hindi often say that they are in English, since their programs are.
    let nothing = told == Language::default();
    let same = told.primary() == claimed.primary() && told.script() == claimed.script();
    let fits = inline::uses_latin(claimed) == inline::uses_latin(&told) && script_of(claimed) == script_of(&told);
    if nothing || same || fits {
        return (claimed.clone(), None);
    }
    let message = phrase!("the page says that its language is `{$claimed}`; {$how}", claimed, how);
    (told, Some(Diagnostic::new(Code::MissingLanguage, tree.span(*at), message).with_hint(hint)))
}

/// Which of the scripts that several languages share a language is written in.
fn script_of(language: &Language) -> &str {
    match language.primary() {
        "hi" | "mr" | "ne" | "sa" | "bho" | "mai" | "kok" | "doi" | "brx" => "Devanagari",
        "bn" | "as" => "Bengali",
        "ur" | "ar" | "fa" | "ks" | "sd" | "ps" => "Arabic",
        other if inline::uses_latin(language) && !other.is_empty() => "Latin",
        other => other,
    }
}

/// The words of a part of the page that is read.
fn visible(tree: &Tree, article: &Article, root: Index) -> String {
    let mut out = String::new();
    let mut at = tree.first(root);
    while let Some(index) = at {
        if let Some(text) = tree.text(index) {
            out.push_str(text);
            out.push(' ');
        }
        let past = article::is_silent(tree.name(index)) || article.left_out.contains_key(&index);
        at = if past { tree.after(index, root) } else { tree.following(index, root) };
    }
    out
}

/// What is said of a part that is left out: how it begins, how long it is, and why.
fn left_out(tree: &Tree, index: Index, why: &Phrase) -> Diagnostic {
    const SHOWN: usize = 6;
    let mut count = 0;
    let mut beginning: Vec<String> = Vec::new();
    for inner in std::iter::once(index).chain(tree.inside(index)) {
        let silent = tree.parent(inner).is_some_and(|parent| article::is_silent(tree.name(parent)));
        let Some(text) = tree.text(inner).filter(|_| !silent) else { continue };
        for word in text.split_whitespace() {
            count += 1;
            if beginning.len() < SHOWN {
                beginning.push(word.chars().take(24).collect());
            }
        }
    }
    if count > SHOWN {
        beginning.push("…".to_owned());
    }
    let words = beginning.join(" ");
    let message = phrase!(
        "1 word was left out, because {$why}: `{$words}`" | "{$count} words were left out, because {$why}: `{$words}`",
        count,
        why,
        words
    );
    Diagnostic::new(Code::BoilerplateLeftOut, tree.whole(index), message)
}
