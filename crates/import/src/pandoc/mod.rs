//! Pandoc's JSON, which it writes of any of the forms that it reads: LaTeX, org, reStructuredText and dozens more.
//!
//! The [tree] becomes a [page] of HTML, as Word's documents do, and the reader of pages reads that.

mod page;
mod tree;

use std::collections::BTreeMap;

use patra_core::{Code, Diagnostic, Read, Source, Span, phrase};

use crate::docx::{DocumentOptions, DocumentRead};
use crate::html::{HtmlOptions, read_html};
use page::Page;
use tree::Document;

/// Whether a text in JSON is pandoc's.
#[must_use]
pub fn is_pandoc(text: &str) -> bool {
    // Pandoc writes the version first; another order is as good.
    let is_near = |part: &str| part.contains("\"pandoc-api-version\"");
    let begin: String = text.chars().take(200).collect();
    text.trim_start().starts_with('{') && (is_near(&begin) || is_near(&text[text.len() - tail(text)..]))
}

/// The length of the last characters of a text, in bytes.
fn tail(text: &str) -> usize {
    text.chars().rev().take(200).map(char::len_utf8).sum()
}

/// Reads pandoc's JSON (`pandoc -t json`).
///
/// Every block and inline of pandoc-types 1.23 is read. What has no place in a material keeps its words and is reported. The
/// pictures keep the names that the document has for them.
pub fn read_pandoc(text: &str, options: &DocumentOptions) -> DocumentRead {
    let document: Document = match serde_json::from_str(text) {
        Ok(document) => document,
        Err(error) => {
            let source = Source::new(text.to_owned());
            let at = source.offset(error.line(), error.column());
            let why = error.to_string();
            let message = phrase!("this is not the JSON of pandoc that patra reads: {$why}", why);
            let problem = Diagnostic::new(Code::Json, Span::new(at, at), message)
                .with_hint("make it with pandoc 2.11 or newer: `pandoc -t json`");
            let read = Read { material: None, diagnostics: vec![problem] };
            return DocumentRead { source, read, media: BTreeMap::new() };
        }
    };
    let mut page = Page::default();
    page.head(&document.meta);
    page.blocks(&document.blocks);
    page.end();
    let Page { html, notes, .. } = page;
    let source = Source::new(html);
    let mut options_of_page = HtmlOptions::default();
    options_of_page.name.clone_from(&options.name);
    let read = read_html(&source, &options_of_page);
    let mut diagnostics = notes.finish();
    diagnostics.extend(read.diagnostics);
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start());
    DocumentRead { source, read: Read { material: read.material, diagnostics }, media: BTreeMap::new() }
}

#[cfg(test)]
mod tests {
    use patra_core::Block;

    use super::*;

    fn read(blocks: &str) -> DocumentRead {
        let text = format!(
            "{{\"pandoc-api-version\":[1,23,1],\"meta\":{{\"title\":{{\"t\":\"MetaInlines\",\"c\":[{{\"t\":\"Str\",\"c\":\"Rocks\"}}]}},\"lang\":{{\"t\":\"MetaString\",\"c\":\"en\"}},\"toc\":{{\"t\":\"MetaBool\",\"c\":true}}}},\"blocks\":[{blocks}]}}"
        );
        assert!(is_pandoc(&text));
        read_pandoc(&text, &DocumentOptions::default())
    }

    fn said(read: &DocumentRead) -> String {
        read.read.diagnostics.iter().map(|found| format!("{found}\n")).collect()
    }

    #[test]
    fn blocks_and_inlines_have_a_place_or_are_reported() {
        let attr = r#"["",[],[]]"#;
        let str = |words: &str| format!(r#"{{"t":"Str","c":"{words}"}}"#);
        let para = |inlines: &str| format!(r#"{{"t":"Para","c":[{inlines}]}}"#);
        let cell = |words: &str| format!(r#"[{attr},{{"t":"AlignDefault"}},1,1,[{}]]"#, para(&str(words)));
        let read = read(
            &[
                format!(r#"{{"t":"Header","c":[2,{attr},[{}]]}}"#, str("Layers")),
                para(&format!(
                    r#"{},{{"t":"Space"}},{{"t":"Superscript","c":[{}]}},{{"t":"Strikeout","c":[{}]}},{{"t":"Math","c":[{{"t":"InlineMath"}},"a<b"]}},{{"t":"Note","c":[{}]}},{{"t":"RawInline","c":["tex","\\LaTeX"]}}"#,
                    str("Soil"),
                    str("2"),
                    str("old"),
                    para(&str("aside"))
                )),
                format!(
                    r#"{{"t":"OrderedList","c":[[1,{{"t":"LowerAlpha"}},{{"t":"TwoParens"}}],[[{}],[{}]]]}}"#,
                    para(&str("sand")),
                    para(&str("clay"))
                ),
                format!(
                    r#"{{"t":"DefinitionList","c":[[[{}],[[{}]]]]}}"#,
                    str("loam"),
                    para(&str("a mixture"))
                ),
                format!(
                    r#"{{"t":"Table","c":[{attr},[null,[]],[],[{attr},[[{attr},[{},{}]]]],[[{attr},0,[],[[{attr},[{},{}]]]]],[{attr},[]]]}}"#,
                    cell("Kind"),
                    cell("Colour"),
                    cell("red"),
                    cell("brown")
                ),
                format!(r#"{{"t":"CodeBlock","c":[{attr},"x < 1"]}}"#),
                r#"{"t":"HorizontalRule"}"#.to_owned(),
            ]
            .join(","),
        );
        let material = read.read.material.as_ref().expect("there are blocks");
        assert_eq!((material.title.to_plain().as_str(), material.language.to_string().as_str()), ("Rocks", "en"));
        let page = read.source.text();
        for part in ["<p>(a) sand</p>", "Soil <sup>2</sup><s>old</s>", "[1] <p>aside</p>", "<th", "x &lt; 1"] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        let stored = material.to_json();
        for words in ["loam", "a mixture", "brown", "aside", "a<b", "old", "LaTeX", "x < 1"] {
            assert!(stored.contains(words), "{words} is not in {stored}");
        }
        let said = said(&read);
        for words in ["written in tex alone", "footnotes", "`toc`"] {
            assert!(said.contains(words), "{words} is not reported in {said}");
        }
        assert!(
            material.sections.iter().flat_map(|section| &section.blocks).any(|block| matches!(block, Block::Terms(_)))
        );
    }

    #[test]
    fn a_block_of_another_version_is_an_error_with_its_place() {
        let read = read("{\"t\":\"Para\",\"c\":[]},\n{\"t\":\"Hologram\",\"c\":[]}");
        let [problem] = read.read.diagnostics.as_slice() else { panic!("one problem: {}", said(&read)) };
        assert_eq!((problem.code, read.source.position(problem.span.start()).line), (Code::Json, 2));
        assert!(!is_pandoc("{\"format\": 1, \"title\": \"x\"}") && !is_pandoc("x"));
    }

    #[test]
    fn deep_trees_end_in_an_error() {
        let deep = "{\"t\":\"BlockQuote\",\"c\":[".repeat(50_000);
        assert!(read(&deep).read.material.is_none());
    }
}
