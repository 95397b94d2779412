//! The HTML of a field in pieces.
//!
//! The tags come one by one from html5ever's tokenizer, so that no nesting is too deep for anything.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// A piece of HTML.
pub(super) enum Piece {
    Words(String),
    Open(String, Vec<(String, String)>),
    Close(String),
}

#[derive(Default)]
struct Pieces {
    found: RefCell<Vec<Piece>>,
    /// The element that is open and not shown, and the words in it.
    hidden: RefCell<Option<(String, String)>>,
}

impl TokenSink for Pieces {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let (mut pieces, mut hidden) = (self.found.borrow_mut(), self.hidden.borrow_mut());
        match token {
            Token::CharacterTokens(words) => match (&mut *hidden, pieces.last_mut()) {
                (Some((_, held)), _) => held.push_str(&words),
                (None, Some(Piece::Words(before))) => before.push_str(&words),
                _ => pieces.push(Piece::Words(words.to_string())),
            },
            Token::TagToken(Tag { kind, name, attrs, self_closing, .. }) => {
                // In these no tag is one but that which closes them.
                let raw = match &*name {
                    "script" => Some(ScriptData),
                    "style" => Some(Rawtext),
                    "title" => Some(Rcdata),
                    _ => None,
                };
                if let Some(raw) = raw {
                    *hidden = None;
                    // Nothing would close an empty one, such as drawings have.
                    if kind == TagKind::StartTag && !self_closing {
                        *hidden = Some((name.to_string(), String::new()));
                        return TokenSinkResult::RawData(raw);
                    }
                    return TokenSinkResult::Continue;
                }
                let attributes =
                    attrs.into_iter().map(|attr| (attr.name.local.to_string(), attr.value.to_string())).collect();
                pieces.push(match kind {
                    TagKind::StartTag => Piece::Open(name.to_string(), attributes),
                    TagKind::EndTag => Piece::Close(name.to_string()),
                });
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

pub(super) fn pieces(html: &str) -> Vec<Piece> {
    let tokenizer = Tokenizer::new(Pieces::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(html));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let Pieces { found, hidden } = tokenizer.sink;
    let mut pieces = found.into_inner();
    // A title that is never closed has all that follows it for its words, and those are the note's.
    if let Some((name, words)) = hidden.into_inner()
        && name == "title"
    {
        pieces.push(Piece::Words(words));
    }
    with_links_closed(pieces)
}

/// Ends each link that is never closed where its line ends, or where another begins: it would have all that follows for its
/// words.
fn with_links_closed(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut closed = vec![false; pieces.len()];
    let mut closes = false;
    for (piece, closed) in pieces.iter().zip(&mut closed).rev() {
        match piece {
            Piece::Open(tag, _) if tag == "a" => *closed = std::mem::take(&mut closes),
            Piece::Close(tag) if tag == "a" => closes = true,
            _ => {}
        }
    }
    let mut out = Vec::with_capacity(pieces.len());
    let mut open = false;
    for (piece, closed) in pieces.into_iter().zip(closed) {
        let link = matches!(&piece, Piece::Open(tag, _) if tag == "a");
        let ends = match &piece {
            Piece::Open(tag, _) | Piece::Close(tag) => open && (link || ends_line(tag)),
            Piece::Words(_) => false,
        };
        if ends {
            out.push(Piece::Close("a".to_owned()));
        }
        open = if link { !closed } else { open && !ends };
        out.push(piece);
    }
    out
}

fn ends_line(tag: &str) -> bool {
    matches!(tag, "br" | "hr" | "pre" | "ul" | "ol" | "li" | "table" | "tr" | "td" | "th") || is_block(tag)
}

/// The words of a field, for telling what it is about.
pub(super) fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for piece in pieces(html) {
        match piece {
            Piece::Words(words) => out.push_str(&words),
            _ if !out.ends_with(char::is_whitespace) => out.push(' '),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The classes of elements that stand in a field, each with the words in it: what patra's own notes are read by.
pub(super) fn attributes(html: &str, element: &str, wanted: &str) -> Vec<String> {
    pieces(html)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Open(name, attributes) if name == element => Some(attribute(&attributes, wanted).to_owned()),
            _ => None,
        })
        .collect()
}

pub(super) fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> &'a str {
    attributes.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value.as_str())
}

/// Whether a tag begins or ends a paragraph.
pub(super) fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "p" | "div"
            | "section"
            | "article"
            | "blockquote"
            | "figure"
            | "figcaption"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "dl"
            | "dt"
            | "dd"
            | "details"
            | "summary"
            | "center"
            | "header"
            | "footer"
    )
}
