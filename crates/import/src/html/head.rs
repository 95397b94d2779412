//! What a page says of itself: its title, its authors, where it is from, when it changed.

use patra_core::{Date, Language};

use super::tree::{DOCUMENT, Index, Tree};

/// What is told in a page's head.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    pub title: Option<String>,
    pub authors: Vec<String>,
    pub source: Option<String>,
    pub licence: Option<String>,
    pub updated: Option<Date>,
    /// The language that the page claims, and the element that does.
    pub language: Option<(Language, Index)>,
}

/// So many authors a page may have.
const MOST_AUTHORS: usize = 20;

impl Head {
    pub(super) fn of(tree: &Tree) -> Self {
        let mut head = Head::default();
        let mut changed = None;
        let mut made = None;
        let mut written = None;
        for index in tree.inside(DOCUMENT) {
            let value = |name: &str| tree.attribute(index, name).map(spaced).filter(|value| !value.is_empty());
            match tree.name(index) {
                "html" | "body" => {
                    let language = value("lang").and_then(|tag| language(&tag));
                    head.language = head.language.or(language.map(|language| (language, index)));
                }
                "title" if written.is_none() => {
                    let words: String = tree.children(index).filter_map(|child| tree.text(child)).collect();
                    written = Some(spaced(&words)).filter(|title| !title.is_empty());
                }
                "link" | "a" => {
                    let rel = value("rel").unwrap_or_default().to_ascii_lowercase();
                    if rel == "canonical" {
                        head.source = head.source.or_else(|| value("href").filter(|url| is_url(url)));
                    } else if rel == "license" {
                        head.licence = head.licence.or_else(|| value("href"));
                    }
                }
                "meta" => {
                    let key = value("property").or_else(|| value("name")).or_else(|| value("itemprop"));
                    let Some((key, content)) = key.zip(value("content")) else { continue };
                    match key.to_ascii_lowercase().as_str() {
                        "author" | "article:author" | "dc.creator" | "parsely-author" => {
                            let known = head.authors.contains(&content) || is_url(&content);
                            if !known && head.authors.len() < MOST_AUTHORS {
                                head.authors.push(content);
                            }
                        }
                        "og:title" | "twitter:title" => head.title = head.title.or(Some(content)),
                        "og:url" => head.source = head.source.or(Some(content).filter(|url| is_url(url))),
                        "article:modified_time" | "og:updated_time" | "datemodified" | "last-modified" => {
                            changed = changed.or_else(|| date(&content));
                        }
                        "article:published_time" | "datepublished" | "date" | "dc.date" | "pubdate" => {
                            made = made.or_else(|| date(&content));
                        }
                        _ => {}
                    }
                }
                "time" => {
                    let day = value("datetime").and_then(|value| date(&value));
                    match tree.attribute(index, "itemprop") {
                        Some("dateModified") => changed = changed.or(day),
                        Some("datePublished") => made = made.or(day),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        head.title = head.title.or(written);
        head.updated = changed.or(made);
        head
    }

    /// The folder that names of files start from, where the page says where it is from.
    pub(super) fn origin(&self) -> Option<&str> {
        let source = self.source.as_deref()?;
        let host = source.find("://")? + 3;
        let end = source[host..].find('/').map_or(source.len(), |at| host + at);
        Some(&source[..end])
    }
}

/// A language tag, without the region, which says nothing of the words; `None` where it is none.
pub(super) fn language(tag: &str) -> Option<Language> {
    let tag = tag.trim().replace('_', "-");
    let language: Language = tag.parse().ok()?;
    let short = match language.script() {
        Some(script) => format!("{}-{script}", language.primary()),
        None => language.primary().to_owned(),
    };
    short.parse().ok().filter(|language| *language != Language::default())
}

fn date(value: &str) -> Option<Date> {
    value.get(..10)?.parse().ok()
}

fn is_url(value: &str) -> bool {
    value.starts_with("https://") || value.starts_with("http://")
}

fn spaced(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
