//! How a handout looks: sizes and spaces in points, colours that keep their order of darkness in grey.

use crate::text::Colour;

/// The measures of a design.
#[derive(Clone, Debug)]
pub(crate) struct Theme {
    pub(crate) body: f32,
    pub(crate) small: f32,
    pub(crate) table: f32,
    pub(crate) code: f32,
    pub(crate) title: f32,
    /// Headings, by depth from the outermost; deeper ones are as the last.
    pub(crate) headings: [f32; 4],
    /// The space above headings, by depth.
    pub(crate) above_headings: [f32; 4],
    /// Between paragraphs.
    pub(crate) gap: f32,
    /// Between the items of a list.
    pub(crate) item_gap: f32,
    /// How far lists and what stands in blocks is set in.
    pub(crate) indent: f32,
    /// Inside cells and set-off blocks.
    pub(crate) padding: f32,
    /// From the sheet's edges to the text.
    pub(crate) margin_side: f32,
    pub(crate) margin_top: f32,
    pub(crate) margin_bottom: f32,
    pub(crate) ink: Colour,
    pub(crate) muted: Colour,
    pub(crate) accent: Colour,
    pub(crate) rule: Colour,
    pub(crate) ground: Colour,
    pub(crate) head_ground: Colour,
}

impl Theme {
    /// The sizes that a card is tried in, from the largest, of 12 points, to the smallest that reads well in every script.
    pub(crate) fn of_cards() -> Vec<Theme> {
        [12.0, 11.0, 10.2, 9.4, 8.7, 8.0].map(Theme::of_body).into()
    }

    /// The measures for small pieces of paper, in proportion to a size of text.
    fn of_body(body: f32) -> Theme {
        Theme {
            body,
            small: (body * 0.8).max(7.0),
            table: (body * 0.88).max(7.5),
            code: (body * 0.88).max(7.5),
            gap: body * 0.45,
            item_gap: body * 0.18,
            indent: body * 1.3,
            padding: body * 0.35,
            ..Theme::default()
        }
    }
}

impl Default for Theme {
    fn default() -> Self {
        Theme {
            body: 10.5,
            small: 8.5,
            table: 9.5,
            code: 9.5,
            title: 22.0,
            headings: [15.0, 12.5, 11.0, 10.5],
            above_headings: [20.0, 14.0, 11.0, 10.0],
            gap: 6.0,
            item_gap: 3.0,
            indent: 16.0,
            padding: 5.0,
            margin_side: 62.0,
            margin_top: 66.0,
            margin_bottom: 62.0,
            ink: Colour([0x1c, 0x1c, 0x1e]),
            muted: Colour([0x5c, 0x62, 0x68]),
            accent: Colour([0x1b, 0x4b, 0x66]),
            rule: Colour([0xb4, 0xbf, 0xc6]),
            ground: Colour([0xf2, 0xf5, 0xf7]),
            head_ground: Colour([0xe3, 0xea, 0xee]),
        }
    }
}
