//! Whether all that patra says to a person has a translation.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use patra_core::Locale;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A template with its plural, and where it stands first.
struct Template {
    plural: Option<String>,
    place: String,
}

/// Names of variables whose words are said to a person.
const SAID: [&str; 2] = ["message", "hint"];

#[test]
fn every_template_is_translated_with_its_arguments() {
    let templates = templates();
    assert!(templates.len() > 200, "only {} templates were found", templates.len());
    let catalogue = Locale::Hindi.catalogue();
    let mut wrong = Vec::new();
    for (english, Template { plural, place }) in &templates {
        let Some(forms) = catalogue.get(english.as_str()) else {
            let quoted = |words: &str| format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""));
            wrong.push(match plural {
                None => format!("#: {place}\nmsgid {}\nmsgstr \"\"\n", quoted(english)),
                Some(plural) => {
                    let (one, many) = (quoted(english), quoted(plural));
                    format!("#: {place}\nmsgid {one}\nmsgid_plural {many}\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n")
                }
            });
            continue;
        };
        if plural.is_some() && forms.len() != 2 {
            wrong.push(format!("# {place}: `{english}` has a plural, and its translation has {} forms\n", forms.len()));
        }
        let names = names(plural.as_deref().unwrap_or(english));
        for (index, form) in forms.iter().enumerate() {
            let mut found = self::names(form);
            if index == 0 && forms.len() == 2 && found != names {
                // In the singular the number may be a word.
                found.extend(names.iter().filter(|name| !self::names(english).contains(name)).cloned());
                found.sort();
            }
            if form.is_empty() || found != names {
                wrong.push(format!("# {place}: `{english}` has {names:?}, its translation `{form}` {found:?}\n"));
            }
        }
    }
    let stale: Vec<&str> = catalogue.keys().copied().filter(|english| !templates.contains_key(*english)).collect();
    assert!(
        wrong.is_empty() && stale.is_empty(),
        "{} templates lack a translation in crates/core/locales/diagnostics.hi.po, or differ from it:\n\n{}\nand it has these, \
         which nothing says any more: {stale:#?}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The names of a template's arguments, in order.
fn names(template: &str) -> Vec<String> {
    let mut names: Vec<String> =
        template.split("{$").skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect();
    names.sort();
    names.dedup();
    names
}

/// Every template of the code.
fn templates() -> BTreeMap<String, Template> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let mut files = Vec::new();
    for folder in ["crates", "exports", "bindings"] {
        visit(&root.join(folder), &mut files);
    }
    files.sort();
    let streams: Vec<(String, TokenStream)> = files
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).expect("a file can be read");
            let name = path.strip_prefix(root).expect("it is in the workspace").display().to_string();
            (name, TokenStream::from_str(&text).expect("it is Rust"))
        })
        .collect();
    // What takes a phrase takes a plain string for one.
    let mut takers = vec!["with_hint".to_owned()];
    streams.iter().for_each(|(_, stream)| find_takers(stream.clone(), &mut takers));
    let mut scan = Scan { takers, file: String::new(), found: BTreeMap::new() };
    for (name, stream) in streams {
        scan.file = name;
        scan.stream(stream);
    }
    scan.found
}

fn visit(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder can be read") {
        let path = entry.expect("an entry can be read").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !["tests", "benches", "examples", "target", "fuzz"].contains(&name.as_str()) {
            visit(&path, files);
        } else if name.ends_with(".rs") && name != "phrase.rs" && name != "tests.rs" {
            files.push(path);
        }
    }
}

/// Names of functions and closures whose arguments name the type `Phrase`, other than `new` and `from`.
fn find_takers(stream: TokenStream, takers: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            find_takers(group.stream(), takers);
            let name = index.checked_sub(1).map(|at| tokens[at].to_string()).unwrap_or_default();
            let is_function = index >= 2 && tokens[index - 2].to_string() == "fn";
            if is_function && takes_phrase(group.stream()) && name != "new" && name != "from" {
                takers.push(name);
            }
        }
        // `let mut refuse = |message: Phrase, …|`
        if token.to_string() == "let" {
            let head: Vec<String> = tokens[index + 1..].iter().take(24).map(ToString::to_string).collect();
            let name = head.iter().find(|word| *word != "mut").cloned().unwrap_or_default();
            if let Some(bar) = head.iter().take(4).position(|word| word == "|")
                && head[bar + 1..].iter().take_while(|word| *word != "|").any(|word| word == "Phrase")
            {
                takers.push(name);
            }
        }
    }
}

fn takes_phrase(stream: TokenStream) -> bool {
    stream.into_iter().any(|token| matches!(token, TokenTree::Ident(ident) if ident == "Phrase"))
}

struct Scan {
    takers: Vec<String>,
    file: String,
    found: BTreeMap<String, Template>,
}

impl Scan {
    fn stream(&mut self, stream: TokenStream) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        let word = |at: usize| tokens.get(at).map(ToString::to_string).unwrap_or_default();
        let mut index = 0;
        while index < tokens.len() {
            // What stands in a test says nothing to a person.
            if word(index) == "#" && word(index + 1) == "[cfg (test)]" {
                index += 2;
                while index < tokens.len()
                    && !matches!(&tokens[index], TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
                {
                    index += 1;
                }
                index += 1;
                continue;
            }
            if let TokenTree::Group(group) = &tokens[index] {
                let (before, name) = (index.checked_sub(2).map(word), index.checked_sub(1).map(word));
                let (before, name) = (before.unwrap_or_default(), name.unwrap_or_default());
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                if name == "!" && (before == "phrase" || before == "noun") {
                    self.template(&inner);
                }
                let is_new = name == "new" && index >= 4 && word(index - 4) == "Diagnostic";
                if group.delimiter() == Delimiter::Parenthesis
                    && before != "fn"
                    && (is_new || self.takers.contains(&name))
                {
                    self.plain(&inner);
                }
                self.stream(group.stream());
            }
            if word(index) == "let" && SAID.contains(&word(index + 1).as_str()) {
                let end = (index..tokens.len()).find(|&at| word(at) == ";").unwrap_or(tokens.len());
                let start = (index..end).find(|&at| word(at) == "=").map_or(end, |at| at + 1);
                if end == start + 1 || word(start) == "if" {
                    self.plain(&tokens[start..end]);
                }
            }
            index += 1;
        }
    }

    /// The templates of `phrase!`.
    fn template(&mut self, tokens: &[TokenTree]) {
        let Some(one) = tokens.first().and_then(string) else { return };
        let plural = tokens.get(1).filter(|bar| bar.to_string() == "|").and_then(|_| string(tokens.get(2)?));
        self.add(one, plural, &tokens[0]);
    }

    /// Strings that stand for phrases, in branches too.
    fn plain(&mut self, tokens: &[TokenTree]) {
        for token in tokens {
            match token {
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    if inner.len() == 1 {
                        self.plain(&inner);
                    }
                }
                TokenTree::Literal(_) => {
                    if let Some(words) =
                        string(token).filter(|words| words.contains(' ') || words == "HTML" || words == "code")
                    {
                        self.add(words, None, token);
                    }
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, template: String, plural: Option<String>, token: &TokenTree) {
        let place = format!("{}:{}", self.file, token.span().start().line);
        let entry = self.found.entry(template).or_insert(Template { plural: None, place });
        entry.plural = entry.plural.take().or(plural);
    }
}

fn string(token: &TokenTree) -> Option<String> {
    syn::parse_str::<syn::LitStr>(&token.to_string()).ok().map(|literal| literal.value())
}
