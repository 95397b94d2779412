//! Source to document.
//!
//! html5ever tells where in the source a token stands by its line alone. So the source is given to it in pieces that end
//! where tokens may begin and end, and what comes out while a piece goes in stands in that piece, or began in one before
//! it of which nothing has come out yet.

use std::cell::{Cell, RefCell};

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::tree_builder::TreeSink;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, TokenizerResult};
use patra_core::{Code, Diagnostic, Span, phrase};

use super::tree::{Handle, Sink, Tree};
use crate::text::invisible::left_out;

/// Elements stand in elements no deeper than this; of what is deeper the tags are passed over and the words kept.
/// Browsers stop at 512, and html5ever takes time that grows with the square of the depth.
const DEEPEST: usize = 200;

/// The most nodes of a document. Formatting that is never closed is opened again in each block (HTML, 13.2.4.3), so that
/// a short source may ask for any number of them.
const MOST_NODES: usize = 4_000_000;

/// Gives tokens to the tree builder with their place, and keeps the tree from growing too deep.
struct Located<'s> {
    source: &'s str,
    builder: TreeBuilder<Handle, Sink>,
    /// From the end of the last token to the end of the piece that is being read.
    read: Cell<Span>,
    /// Whether the last token was words.
    goes_on: Cell<bool>,
    /// The tags that were passed over and are not closed.
    passed: RefCell<Vec<LocalName>>,
    /// The first tag that was passed over.
    first_passed: Cell<Option<Span>>,
    /// Where the first NUL stood, and how many there were; the standard leaves them out.
    nulls: Cell<(Span, usize)>,
}

impl TokenSink for Located<'_> {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        let span = self.read.get();
        match &token {
            Token::ParseError(_) => return TokenSinkResult::Continue,
            Token::CharacterTokens(words) => {
                let start = self.begin(span.start(), words);
                let end = self.whole((start + self.length(start, words)).min(span.end()));
                let sink = &self.builder.sink;
                sink.span.set(Span::new(start, end));
                let held = self.goes_on.replace(true).then(|| sink.words.get().start());
                sink.words.set(Span::new(held.unwrap_or(start), end));
                self.read.set(Span::new(end, span.end()));
            }
            Token::NullCharacterToken => {
                let end = self.whole((span.start() + 1).min(span.end()));
                let (first, count) = self.nulls.get();
                self.nulls.set((if count == 0 { Span::new(span.start(), end) } else { first }, count + 1));
                self.builder.sink.span.set(Span::new(span.start(), end));
                self.read.set(Span::new(end, span.end()));
            }
            Token::TagToken(tag) => {
                self.builder.sink.span.set(span);
                self.read.set(Span::new(span.end(), span.end()));
                let mut passed = self.passed.borrow_mut();
                match tag.kind {
                    TagKind::StartTag if self.builder.sink.depth.get() >= DEEPEST && may_pass(&tag.name) => {
                        if self.first_passed.get().is_none() {
                            self.first_passed.set(Some(span));
                        }
                        passed.push(tag.name.clone());
                        return TokenSinkResult::Continue;
                    }
                    TagKind::EndTag if passed.last() == Some(&tag.name) => {
                        passed.pop();
                        return TokenSinkResult::Continue;
                    }
                    _ => {}
                }
            }
            _ => {
                self.builder.sink.span.set(span);
                self.read.set(Span::new(span.end(), span.end()));
            }
        }
        let words = matches!(token, Token::CharacterTokens(_) | Token::NullCharacterToken);
        if !words {
            self.goes_on.set(false);
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl Located<'_> {
    /// Where words begin of which the first that was not yet given out stands at `start`: behind each `</>`, for which there is
    /// no token (HTML, 13.2.5.7).
    fn begin(&self, mut start: usize, words: &str) -> usize {
        const NOTHING: &str = "</>";
        let rest = |start: usize| self.source.get(start..).unwrap_or_default();
        while !words.starts_with('<') && rest(start).starts_with(NOTHING) {
            start += NOTHING.len();
        }
        start
    }

    /// The end of the character that `at` is in.
    fn whole(&self, at: usize) -> usize {
        (at..self.source.len()).find(|&at| self.source.is_char_boundary(at)).unwrap_or(self.source.len())
    }

    /// How long the words are in the source, where they begin at `start`: as long as they are, but for a reference to a
    /// character, which is given out alone.
    fn length(&self, start: usize, words: &str) -> usize {
        let rest = self.source.get(start..).unwrap_or_default();
        let ampersand = words == "&" && ["&amp", "&AMP", "&#"].iter().any(|reference| rest.starts_with(reference));
        if !rest.starts_with('&') || (rest.starts_with(words) && !ampersand) {
            return words.len();
        }
        let name = rest[1..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
        1 + name + usize::from(rest[1 + name..].starts_with(';'))
    }
}

/// Whether words go on to be read as words where the tag is passed over, and nothing has to close it.
fn may_pass(name: &LocalName) -> bool {
    !matches!(
        &**name,
        "script"
            | "style"
            | "textarea"
            | "title"
            | "xmp"
            | "iframe"
            | "noembed"
            | "noframes"
            | "plaintext"
            | "img"
            | "br"
            | "hr"
            | "input"
            | "wbr"
            | "col"
            | "area"
            | "embed"
            | "link"
            | "meta"
    )
}

/// Where the piece ends that begins at `start`: before `<` and `&`, and after `>`, `;` and an end of line.
fn piece(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let rest = &bytes[start + 1..];
    let end = rest.iter().position(|byte| matches!(byte, b'<' | b'&' | b'>' | b';' | b'\n' | b'\r'));
    match end {
        None => bytes.len(),
        Some(at) => {
            let at = start + 1 + at;
            if matches!(bytes[at], b'<' | b'&') { at } else { at + 1 }
        }
    }
}

/// The document, and what was passed over in it.
pub(super) struct Parsed {
    pub tree: Tree,
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses a page.
///
/// # Errors
/// Where the page makes more nodes than can be held.
pub(super) fn parse(text: &str) -> Result<Parsed, Diagnostic> {
    // A page is read as who has no scripts sees it, so that `noscript` holds elements and not text.
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let located = Located {
        source: text,
        builder: TreeBuilder::new(Sink::default(), options),
        read: Cell::new(Span::new(0, 0)),
        goes_on: Cell::new(false),
        passed: RefCell::default(),
        first_passed: Cell::new(None),
        nulls: Cell::new((Span::NONE, 0)),
    };
    let tokenizer = Tokenizer::new(located, TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() });
    let queue = BufferQueue::default();
    let mut at = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    tokenizer.sink.read.set(Span::new(at, at));
    let whole = StrTendril::from_slice(text);
    while at < text.len() {
        let end = piece(text, at);
        let mut start = tokenizer.sink.read.get().start();
        if start <= at && text[start..].starts_with('\n') && text[..start].ends_with('\r') {
            // The two are one end of a line, given out as the first of them.
            start += 1;
        }
        tokenizer.sink.read.set(Span::new(start.min(end), end));
        let length = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        queue.push_back(whole.subtendril(length(at), length(end - at)));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        if tokenizer.sink.builder.sink.size() > MOST_NODES {
            let message = phrase!("the page has more than {$most} parts", most = MOST_NODES);
            return Err(Diagnostic::new(Code::TooLarge, Span::new(at, end), message)
                .with_hint("save the article in several files"));
        }
        at = end;
    }
    tokenizer.end();
    let located = tokenizer.sink;
    let mut diagnostics = Vec::new();
    if let Some(span) = located.first_passed.get() {
        let message = phrase!(
            "elements are nested more than {$deepest} deep, so the words of those inside were read without them",
            deepest = DEEPEST
        );
        diagnostics.push(Diagnostic::new(Code::KeptAsText, span, message));
    }
    let (first, count) = located.nulls.get();
    if count > 0 {
        diagnostics.push(Diagnostic::new(Code::InvisibleRemoved, first, left_out('\0', count)));
    }
    Ok(Parsed { tree: located.builder.sink.finish(), diagnostics })
}

#[cfg(test)]
mod tests {
    use super::super::tree::DOCUMENT;
    use super::*;

    #[test]
    fn every_text_and_tag_knows_its_place() {
        let source =
            "<!DOCTYPE html><p\n class='a>b'>क &amp; ख<b>ग</b>\r\nघ</p><script>if (a<b) '</p>'</script>\n<i>ङ</i>";
        let tree = parse(source).expect("parsed").tree;
        for index in tree.inside(DOCUMENT) {
            let span = tree.span(index);
            let found = source
                .get(span.start()..span.end())
                .unwrap_or_else(|| panic!("{span:?} {:?} {:?}", tree.name(index), tree.text(index)));
            match tree.text(index) {
                Some(text) if tree.name(tree.parent(index).expect("it is somewhere")) != "script" => {
                    assert_eq!(found.replace("&amp;", "&").replace("\r\n", "\n"), text);
                }
                Some(_) => {}
                None => {
                    let name = tree.name(index);
                    let written = !matches!(name, "html" | "head" | "body");
                    assert!(!written || found.starts_with(&format!("<{name}")), "{name}: {found}");
                }
            }
        }
    }

    #[test]
    fn an_end_tag_without_a_name_has_no_place_in_the_words_behind_it() {
        for source in ["<p>क</>ख? <b>ग</b>", "</>क", "<p></></>\u{8d}क</>?</p>घ", "<title></>क</title>", "<p>&amp;</>ख"]
        {
            let tree = parse(source).expect("parsed").tree;
            for index in tree.inside(DOCUMENT) {
                let span = tree.span(index);
                let found = source.get(span.start()..span.end()).expect("whole characters");
                if let Some(text) = tree.text(index) {
                    assert_eq!(found.replace("</>", "").replace("&amp;", "&"), text.replace("</>", ""), "{source}");
                }
            }
        }
    }

    #[test]
    fn depth_is_bounded_and_words_are_kept() {
        for tag in ["div", "ul><li", "blockquote", "b", "font", "table><tr><td"] {
            let source = format!("{}क", format!("<{tag}>").repeat(20_000));
            let parsed = parse(&source).expect("parsed");
            let tree = &parsed.tree;
            let text = tree.inside(DOCUMENT).find(|&index| tree.text(index) == Some("क")).expect("it is kept");
            assert!(tree.around(text).count() < 2 * DEEPEST, "{tag}");
            assert_eq!(parsed.diagnostics.len(), 1, "{tag}");
        }
    }
}
