//! Properties of a document: its title, its author, its language, the day it changed (ECMA-376, part 2, 11).

use super::line::escaped;
use super::xml::{self, is};

/// What a document says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Properties {
    title: Option<String>,
    authors: Vec<String>,
    language: Option<String>,
    updated: Option<String>,
    pub tags: Vec<String>,
}

impl Properties {
    /// Reads the part of properties; one that is damaged says nothing.
    pub(super) fn read(text: Option<&str>, name: &str) -> Self {
        let mut properties = Properties::default();
        let Some(document) = text.and_then(|text| xml::parse(text, name).ok()) else { return properties };
        let root = document.root_element();
        let value = |name: &str| {
            let found = root.children().find(|child| is(*child, name)).and_then(|child| child.text());
            found.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|words| !words.is_empty())
        };
        properties.title = value("title");
        // Programs that make documents name themselves as the author.
        let author = value("creator").filter(|name| !matches!(name.as_str(), "python-docx" | "Un-named" | "docx4j"));
        properties.authors =
            author.iter().flat_map(|names| names.split(';')).map(|name| name.trim().to_owned()).collect();
        properties.authors.retain(|name| !name.is_empty());
        properties.language = value("language");
        properties.updated = value("modified").or_else(|| value("created"));
        let keywords = value("keywords").unwrap_or_default();
        for word in keywords.split([',', ';']).map(str::trim).filter(|word| !word.is_empty()) {
            if properties.tags.len() < 50 && !properties.tags.iter().any(|tag| tag == word) {
                properties.tags.push(word.to_owned());
            }
        }
        properties
    }

    /// The head of a page that says the same, and the language where the document names none itself.
    pub(super) fn head(&self, language: Option<&str>) -> String {
        let language = self.language.as_deref().or(language);
        let language = language.map(|tag| format!(" lang=\"{}\"", escaped(tag))).unwrap_or_default();
        let mut head = format!("<!DOCTYPE html><html{language}><head>");
        if let Some(title) = &self.title {
            head.push_str(&format!("<title>{}</title>", escaped(title)));
        }
        for author in &self.authors {
            head.push_str(&format!("<meta name=\"author\" content=\"{}\">", escaped(author)));
        }
        if let Some(day) = &self.updated {
            head.push_str(&format!("<meta property=\"article:modified_time\" content=\"{}\">", escaped(day)));
        }
        head.push_str("</head><body>\n");
        head
    }
}
