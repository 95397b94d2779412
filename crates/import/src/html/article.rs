//! Where in a page its article stands, and what around and inside it is no part of it.

use std::collections::BTreeMap;

use patra_core::{Phrase, noun, phrase};

use super::math::formula;
use super::style::is_hidden;
use super::tree::{DOCUMENT, Index, Tree};

/// What of a page is read.
#[derive(Debug)]
pub(super) struct Article {
    /// The element that holds the article.
    pub root: Index,
    /// The heading of the page, where it stands outside the article.
    pub title: Option<Index>,
    /// What is left out: elements and words, each with why. What is inside them is left out with them.
    pub left_out: BTreeMap<Index, Phrase>,
}

/// Elements that show no words of their own.
pub(super) fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "head" | "script" | "style" | "template" | "base" | "link" | "meta" | "param" | "source" | "track" | "frameset"
    )
}

/// Why an element is left out by what it is, wherever it stands.
fn by_kind(tree: &Tree, index: Index, name: &str) -> Option<Phrase> {
    match name {
        "nav" => return Some(phrase!("it is navigation")),
        "noscript" => return Some(phrase!("it is shown only where there are no scripts")),
        "button" | "select" | "textarea" | "datalist" | "input" => return Some(phrase!("it is a control")),
        "iframe" | "object" | "embed" | "video" | "audio" | "canvas" | "applet" => {
            return Some(phrase!("it plays or embeds something"));
        }
        "dialog" => return Some(phrase!("it is a dialog")),
        _ => {}
    }
    let element = tree.element(index)?;
    if element.foreign && name.is_empty() && *element.name == *"svg" {
        return Some(phrase!("it is a drawing"));
    }
    if let Some(role) = element.attribute("role") {
        match role.trim().to_ascii_lowercase().as_str() {
            "navigation" => return Some(phrase!("its role is navigation")),
            "search" => return Some(phrase!("its role is search")),
            "dialog" | "alertdialog" => return Some(phrase!("its role is a dialog")),
            "banner" => return Some(phrase!("its role is the page's banner")),
            "contentinfo" => return Some(phrase!("its role is to tell of the page")),
            "complementary" => return Some(phrase!("its role is to stand beside the article")),
            _ => {}
        }
    }
    if is_hidden(tree, index) {
        return Some(phrase!("it is hidden"));
    }
    None
}

/// Class words that name what no article consists of.
const SURE: [(&str, &str); 34] = [
    ("adsbygoogle", noun!("an advertisement")),
    ("adsense", noun!("an advertisement")),
    ("advert", noun!("an advertisement")),
    ("advertisement", noun!("an advertisement")),
    ("advertisements", noun!("an advertisement")),
    ("adverts", noun!("an advertisement")),
    ("breadcrumb", noun!("the way to the page")),
    ("breadcrumbs", noun!("the way to the page")),
    ("catlinks", noun!("links to categories")),
    ("comments", noun!("readers' comments")),
    ("consent", noun!("a question of consent")),
    ("cookie", noun!("a notice of cookies")),
    ("cookies", noun!("a notice of cookies")),
    ("disqus", noun!("readers' comments")),
    ("editsection", noun!("a link to edit the page")),
    ("gdpr", noun!("a question of consent")),
    ("jetpack", noun!("links to share")),
    ("navbar", noun!("navigation")),
    ("navbox", noun!("navigation")),
    ("navigation", noun!("navigation")),
    ("newsletter", noun!("a newsletter")),
    ("pagination", noun!("links to other pages")),
    ("paywall", noun!("an offer")),
    ("popup", noun!("a window over the page")),
    ("relatedposts", noun!("links to other articles")),
    ("sharedaddy", noun!("links to share")),
    ("addtoany", noun!("links to share")),
    ("sidebar", noun!("a column beside the article")),
    ("skiplink", noun!("a link within the page")),
    ("sponsored", noun!("an advertisement")),
    ("subscribe", noun!("an offer to subscribe")),
    ("subscription", noun!("an offer to subscribe")),
    ("taboola", noun!("an advertisement")),
    ("outbrain", noun!("an advertisement")),
];

/// Class words that may name such, where links or controls make up much of the element, or it is short.
const LIKELY: [(&str, &str); 25] = [
    ("ad", noun!("an advertisement")),
    ("ads", noun!("an advertisement")),
    ("banner", noun!("a banner")),
    ("comment", noun!("readers' comments")),
    ("footer", noun!("the foot of the page")),
    ("like", noun!("links to share")),
    ("masthead", noun!("the head of the page")),
    ("menu", noun!("navigation")),
    ("modal", noun!("a window over the page")),
    ("nav", noun!("navigation")),
    ("overlay", noun!("a window over the page")),
    ("promo", noun!("an offer")),
    ("recommended", noun!("links to other articles")),
    ("related", noun!("links to other articles")),
    ("respond", noun!("readers' comments")),
    ("rss", noun!("an offer to subscribe")),
    ("share", noun!("links to share")),
    ("sharing", noun!("links to share")),
    ("signup", noun!("an offer to subscribe")),
    ("skip", noun!("a link within the page")),
    ("social", noun!("links to share")),
    ("sponsor", noun!("an advertisement")),
    ("tags", noun!("links to other articles")),
    ("toc", noun!("the contents of the page")),
    ("widget", noun!("something beside the article")),
];

/// Class words, in whole, of elements that hold an article.
const HOLDERS: [&str; 14] = [
    "article-body",
    "article-content",
    "article__body",
    "blog-post-content",
    "entry-content",
    "main-content",
    "mw-parser-output",
    "post-body",
    "post-content",
    "post-entry",
    "single-content",
    "story-body",
    "storycontent",
    "td-post-content",
];

/// How much of an element is words, and how much of that is links.
struct Measure {
    letters: Vec<u32>,
    linked: Vec<u32>,
    links: Vec<u32>,
    controls: Vec<u32>,
}

impl Measure {
    fn of(tree: &Tree) -> Self {
        let order: Vec<Index> = std::iter::once(DOCUMENT).chain(tree.inside(DOCUMENT)).collect();
        let size = order.iter().max().map_or(0, |&last| last as usize + 1);
        let zeros = || vec![0_u32; size];
        let mut measure = Measure { letters: zeros(), linked: zeros(), links: zeros(), controls: zeros() };
        for &index in order.iter().rev() {
            let at = index as usize;
            if let Some(text) = tree.text(index) {
                let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
                measure.letters[at] = u32::try_from(letters).unwrap_or(u32::MAX);
            }
            match tree.name(index) {
                "a" if tree.attribute(index, "href").is_some() => {
                    measure.linked[at] = measure.letters[at];
                    measure.links[at] = 1;
                }
                "button" | "input" | "form" | "iframe" | "ins" => measure.controls[at] += 1,
                name if is_silent(name) => measure.letters[at] = 0,
                _ => {}
            }
            if let Some(parent) = tree.parent(index) {
                let parent = parent as usize;
                for counts in [&mut measure.letters, &mut measure.linked, &mut measure.links, &mut measure.controls] {
                    counts[parent] = counts[parent].saturating_add(counts[at]);
                }
            }
        }
        measure
    }

    fn letters(&self, index: Index) -> u32 {
        self.letters.get(index as usize).copied().unwrap_or(0)
    }

    /// Whether links make up at least this many hundredths of its letters.
    fn is_linked(&self, index: Index, hundredths: u64) -> bool {
        let at = index as usize;
        let (linked, letters) = (u64::from(self.linked[at]), u64::from(self.letters[at]));
        self.links[at] > 0 && linked * 100 >= letters * hundredths
    }
}

impl Article {
    /// Finds the article of a page.
    pub(super) fn of(tree: &Tree) -> Self {
        let measure = Measure::of(tree);
        let body = tree.inside(DOCUMENT).find(|&index| tree.name(index) == "body").unwrap_or(DOCUMENT);
        let mut left_out = BTreeMap::new();
        let found = holder(tree, body, &measure);
        let root = found.unwrap_or(body);
        let title = (root != body).then(|| page_title(tree, body, root)).flatten();
        if root != body {
            outside(tree, body, root, title, &measure, &mut left_out);
        }
        inside(tree, root, found.is_some(), &measure, &mut left_out);
        left_out.retain(|&index, _| {
            // A picture or a film without words is told of where it stands.
            measure.letters(index) > 0 || matches!(tree.name(index), "iframe" | "object" | "embed" | "video" | "audio")
        });
        Article { root, title, left_out }
    }
}

/// The element that says of itself that it holds the article.
fn holder(tree: &Tree, body: Index, measure: &Measure) -> Option<Index> {
    let all = u64::from(measure.letters(body));
    let enough = |index: Index, hundredths: u64| u64::from(measure.letters(index)) * 100 >= all * hundredths;
    let mut mains = Vec::new();
    let mut articles = Vec::new();
    let mut named = Vec::new();
    let mut at = tree.first(body);
    while let Some(index) = at {
        let name = tree.name(index);
        let role = tree.attribute(index, "role").unwrap_or_default();
        let classes = tree.attribute(index, "class").unwrap_or_default();
        if name == "main" || role == "main" {
            mains.push(index);
        } else if name == "article" || role == "article" {
            articles.push(index);
        } else if tree.attribute(index, "itemprop").is_some_and(|word| word == "articleBody")
            || classes.split_ascii_whitespace().any(|class| HOLDERS.contains(&class))
        {
            named.push(index);
        }
        let apart = is_silent(name) || matches!(name, "nav" | "aside");
        at = if apart || name == "article" { tree.after(index, body) } else { tree.following(index, body) };
    }
    let largest =
        |found: &[Index]| found.iter().copied().max_by_key(|&index| (measure.letters(index), u32::MAX - index));
    let together: u64 = articles.iter().map(|&index| u64::from(measure.letters(index))).sum();
    let alone = |index: &Index| u64::from(measure.letters(*index)) * 10 >= together * 8;
    largest(&articles)
        .filter(|index| alone(index) && enough(*index, 20))
        .or_else(|| largest(&mains).filter(|&index| enough(index, 20)))
        .or_else(|| largest(&named).filter(|&index| enough(index, 30)))
}

/// A heading of the first level, or one whose class says so, that stands before the article in the page and not in it.
fn page_title(tree: &Tree, body: Index, root: Index) -> Option<Index> {
    let is_title = |index: &Index| {
        let class = || tree.attribute(*index, "class").unwrap_or_default();
        let named = || class().split_ascii_whitespace().any(|class| matches!(class, "entry-title" | "post-title"));
        tree.name(*index) == "h1" || (matches!(tree.name(*index), "h2" | "h3") && named())
    };
    if tree.inside(root).any(|index| is_title(&index)) {
        return None;
    }
    let before = tree.inside(body).take_while(|&index| index != root);
    before
        .filter(is_title)
        .last()
        .filter(|&index| tree.inside(index).any(|inner| tree.text(inner).is_some_and(|text| !text.trim().is_empty())))
}

/// Leaves out everything in the body beside the article, in parts as large as may be.
fn outside(
    tree: &Tree,
    body: Index,
    root: Index,
    title: Option<Index>,
    measure: &Measure,
    left_out: &mut BTreeMap<Index, Phrase>,
) {
    let kept: Vec<Index> = std::iter::once(root)
        .chain(tree.around(root))
        .chain(title.into_iter().flat_map(|title| std::iter::once(title).chain(tree.around(title))))
        .collect();
    let mut at = tree.first(body);
    while let Some(index) = at {
        if index == root || Some(index) == title {
            at = tree.after(index, body);
        } else if kept.contains(&index) {
            at = tree.following(index, body);
        } else {
            let name = tree.name(index);
            if !is_silent(name) && measure.letters(index) > 0 {
                let why = by_kind(tree, index, name).or_else(|| by_class(tree, index, measure, u32::MAX));
                left_out.insert(index, why.unwrap_or_else(|| phrase!("it stands outside the article")));
            }
            at = tree.after(index, body);
        }
    }
}

/// Leaves out what stands within the article, or within a page that doesn't say where its article is.
fn inside(tree: &Tree, root: Index, found: bool, measure: &Measure, left_out: &mut BTreeMap<Index, Phrase>) {
    // What is half of all that there is can be no advertisement.
    let most = measure.letters(root) / 2;
    let mut at = tree.first(root);
    while let Some(index) = at {
        let name = tree.name(index);
        // A formula is hidden beside the picture of it.
        if is_silent(name) || formula(tree, index).is_some() {
            at = tree.after(index, root);
            continue;
        }
        let structure = |why| (!found && measure.letters(index) <= most).then_some(why);
        let why = by_kind(tree, index, name)
            .or_else(|| match name {
                "aside" => structure(phrase!("it stands beside the article")),
                "footer" => structure(phrase!("it is the foot of the page")),
                "header" if measure.is_linked(index, 50) => structure(phrase!("it is the head of the page")),
                _ => None,
            })
            .or_else(|| by_class(tree, index, measure, most))
            .or_else(|| contents(tree, index, measure))
            .or_else(|| (!found).then(|| links(tree, index, measure, most)).flatten());
        match why {
            Some(why) => {
                left_out.insert(index, why);
                at = tree.after(index, root);
            }
            None => at = tree.following(index, root),
        }
    }
}

/// Why an element is left out by the words of its class.
fn by_class(tree: &Tree, index: Index, measure: &Measure, most: u32) -> Option<Phrase> {
    let container = matches!(
        tree.name(index),
        "div"
            | "section"
            | "aside"
            | "ul"
            | "ol"
            | "form"
            | "header"
            | "footer"
            | "p"
            | "span"
            | "ins"
            | "center"
            | "table"
            | "dl"
    );
    let letters = measure.letters(index);
    if !container || letters > most {
        return None;
    }
    let class = tree.attribute(index, "class").unwrap_or_default();
    let id = tree.attribute(index, "id").unwrap_or_default();
    let words = || {
        let words = class.split(|c: char| !c.is_ascii_alphanumeric());
        // An id may be made of a heading's words; those of a page's parts are few.
        let id = id.split(|c: char| !c.is_ascii_alphanumeric()).filter(|_| !id.contains('.') && id.len() <= 24);
        words.chain(id.filter(|_| tree.name(index) != "section")).map(str::to_ascii_lowercase)
    };
    let of = |list: &[(&str, &'static str)]| {
        words().find_map(|word| list.iter().find(|(name, _)| *name == word).map(|(_, why)| *why))
    };
    // `has-sidebar`, `with-comments` are said of what stands beside such.
    let beside = class
        .split_ascii_whitespace()
        .any(|class| ["has-", "with-", "no-", "is-"].iter().any(|start| class.starts_with(start)));
    let named = |what: &'static str| phrase!("its class names {$what}", what = Phrase::from(what));
    if let Some(what) = of(&SURE).filter(|_| !beside) {
        return Some(named(what));
    }
    let at = index as usize;
    let loose = letters < 120 || measure.is_linked(index, 50) || measure.controls[at] > 0 && letters < 600;
    of(&LIKELY).filter(|_| loose && !beside).map(named)
}

/// A list all of whose links lead into the page: its contents, which the headings tell.
fn contents(tree: &Tree, index: Index, measure: &Measure) -> Option<Phrase> {
    if !matches!(tree.name(index), "ul" | "ol" | "div")
        || !measure.is_linked(index, 85)
        || measure.links[index as usize] < 3
    {
        return None;
    }
    let mut links = tree.inside(index).filter(|&inner| tree.name(inner) == "a");
    links
        .all(|link| tree.attribute(link, "href").is_none_or(|href| href.starts_with('#')))
        .then(|| phrase!("its links lead into the page, and so it is the page's contents"))
}

/// A list or another container that is nothing but links.
fn links(tree: &Tree, index: Index, measure: &Measure, most: u32) -> Option<Phrase> {
    let container = matches!(tree.name(index), "ul" | "ol" | "div" | "section" | "header" | "footer" | "td");
    let many = measure.links[index as usize] >= 4 && measure.is_linked(index, 85) && measure.letters(index) <= most;
    (container && many).then(|| phrase!("it is nothing but links"))
}
