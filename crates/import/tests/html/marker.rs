//! Numbers and letters of lists, as attributes, styles and words say them.

use patra_core::{Block, Source};
use patra_import::{HtmlOptions, read_html};

/// The lists of a page's body, each by its labels and words.
fn lists(body: &str) -> Vec<String> {
    let page = format!("<html lang=\"en\"><body><h1>Page</h1><p>What follows is listed.</p>{body}</body></html>");
    let material = read_html(&Source::new(page), &HtmlOptions::default()).material.expect("a material");
    let mut lists = Vec::new();
    material.walk_blocks(&mut |block, _| {
        if let Block::List(list) = block {
            let items = list.items.iter().enumerate();
            let items =
                items.map(|(at, item)| format!("{} {}", list.label(at).unwrap_or_default(), item.text.to_plain()));
            lists.push(items.collect::<Vec<_>>().join("; "));
        }
    });
    lists
}

#[test]
fn lists_keep_how_they_are_numbered() {
    let items = "<li>rice is sown in water</li><li>wheat is sown in rows</li>";
    for (open, labels) in [
        ("<ol>", ["1.", "2."]),
        ("<ol type=\"a\" start=\"3\">", ["c.", "d."]),
        ("<ol type=\"I\">", ["I.", "II."]),
        ("<ol style=\"color: red; list-style-type: devanagari\">", ["१.", "२."]),
        ("<ol style=\"list-style: lower-roman inside\">", ["i.", "ii."]),
        ("<ol type=\"A\" style=\"list-style-type:lower-latin\">", ["a.", "b."]),
    ] {
        let expected = format!("{} rice is sown in water; {} wheat is sown in rows", labels[0], labels[1]);
        assert_eq!(lists(&format!("{open}{items}</ol>")), [expected], "{open}");
    }
    let written = "<ol style=\"list-style:none\"><li>(ख) rice is sown</li><li>(ग) wheat is sown</li></ol>";
    assert_eq!(lists(written), ["(ख) rice is sown; (ग) wheat is sown"]);
}
