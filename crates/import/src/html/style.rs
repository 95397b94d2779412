//! Style sheets and `style` attributes: which words are bold, italic, raised, struck out or hidden. Google Docs and Word say it
//! nowhere else.

use std::collections::BTreeMap;

use super::tree::{DOCUMENT, Index, Tree};

/// Style sheets are looked at no further than this, in bytes.
const MOST_CSS: usize = 1 << 20;

/// What is said of an element's words; `None` where nothing is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    /// `Some(true)` above the line, `Some(false)` below it.
    pub raised: Option<bool>,
    pub struck: Option<bool>,
}

impl Style {
    fn of(declarations: &str) -> Self {
        let mut style = Style::default();
        for (name, value) in declarations.split(';').filter_map(|part| part.split_once(':')) {
            let value = value.trim().to_ascii_lowercase();
            let value = value.trim_end_matches("!important").trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "font-weight" => {
                    let heavy = value.parse::<u32>().map_or(matches!(value, "bold" | "bolder"), |weight| weight >= 600);
                    style.bold = Some(heavy);
                }
                "font-style" => style.italic = Some(matches!(value, "italic" | "oblique")),
                "vertical-align" if value == "super" => style.raised = Some(true),
                "vertical-align" if value == "sub" => style.raised = Some(false),
                "text-decoration" | "text-decoration-line" => {
                    style.struck = Some(value.split_ascii_whitespace().any(|part| part == "line-through"));
                }
                _ => {}
            }
        }
        style
    }

    fn or(self, other: Style) -> Style {
        Style {
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            raised: self.raised.or(other.raised),
            struck: self.struck.or(other.struck),
        }
    }
}

/// The styles of the classes that a page's own style sheets name alone, as `.c1` or `span.c1`.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

impl Styles {
    pub(super) fn of(tree: &Tree) -> Self {
        let mut styles = BTreeMap::new();
        let sheets = tree.inside(DOCUMENT).filter(|&index| tree.name(index) == "style");
        let mut left = MOST_CSS;
        for text in sheets.flat_map(|sheet| tree.children(sheet)).filter_map(|index| tree.text(index)) {
            if text.len() > left {
                break;
            }
            left -= text.len();
            for (selectors, declarations) in text.split('}').filter_map(|rule| rule.split_once('{')) {
                let style = Style::of(declarations);
                if style == Style::default() {
                    continue;
                }
                let simple = |selector: &str| {
                    let (tag, class) = selector.trim().rsplit_once('.')?;
                    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
                    let fits = tag.chars().all(char::is_alphanumeric) && class.chars().all(is_word);
                    (fits && !class.is_empty()).then(|| class.to_owned())
                };
                for class in selectors.split(',').filter_map(simple) {
                    let before: Style = styles.get(&class).copied().unwrap_or_default();
                    styles.insert(class, style.or(before));
                }
            }
        }
        Styles(styles)
    }

    /// The style of an element itself.
    pub(super) fn style(&self, tree: &Tree, index: Index) -> Style {
        let own = tree.attribute(index, "style").map(Style::of).unwrap_or_default();
        let classes = tree.attribute(index, "class").unwrap_or_default();
        // Of several classes the last that is defined would win; a page seldom says two things.
        let classes = classes.split_ascii_whitespace().filter_map(|class| self.0.get(class));
        classes.fold(own, |style, of_class| style.or(*of_class))
    }
}

/// Whether a `style` attribute holds a declaration, such as `display:none`, in any spacing and case.
pub(super) fn declares(tree: &Tree, index: Index, property: &str, value: &str) -> bool {
    let declared = tree.attribute(index, "style").unwrap_or_default();
    declared.split(';').filter_map(|part| part.split_once(':')).any(|(name, given)| {
        let given = given.trim();
        name.trim().eq_ignore_ascii_case(property)
            && given.get(..value.len()).is_some_and(|start| start.eq_ignore_ascii_case(value))
    })
}

/// Whether an element isn't shown, as it says itself.
pub(super) fn is_hidden(tree: &Tree, index: Index) -> bool {
    tree.attribute(index, "hidden").is_some()
        || declares(tree, index, "display", "none")
        || declares(tree, index, "visibility", "hidden")
        || declares(tree, index, "mso-hide", "all")
}
