//! How papers look: sizes and spaces, and colours that keep their order of darkness in grey.

mod contrast;
mod read;

use crate::options::Sheet;

/// A colour: red, green and blue, from 0 to 255 (sRGB).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

/// The design of a paper. Lengths are in points of 1/72 inch unless they say otherwise.
///
/// [`Theme::read`] takes one from TOML, whose keys are named like these fields.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Theme {
    /// From the sheet's edges to the text.
    pub margins: Margins,
    /// Sizes of type.
    pub sizes: Sizes,
    /// Spaces.
    pub spacing: Spacing,
    /// Colours.
    pub colours: Colours,
    /// The sizes that a card's text is tried in.
    pub cards: CardSizes,
    /// Names of families to take letters from before those that patra would take: families given as fonts, or embedded ones.
    pub families: Vec<String>,
}

/// From the sheet's edges to the text, in millimetres from [`Margins::LEAST`] to [`Margins::MOST`].
///
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Margins {
    /// Above the text. The running header stands in it.
    pub top: f32,
    /// Left and right of it. Short codes stand in it.
    pub side: f32,
    /// Below it. The page's number stands in it.
    pub bottom: f32,
    /// Whether they are so on every sheet; otherwise they are those of A4, and narrower in proportion on narrower sheets.
    pub exact: bool,
}

/// Sizes of type.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Sizes {
    /// Running text.
    pub body: f32,
    /// What is beside the matter: running lines, the imprint, captions.
    pub small: f32,
    /// Tables.
    pub table: f32,
    /// Code.
    pub code: f32,
    /// The title.
    pub title: f32,
    /// Headings, by depth from the outermost; deeper ones are as the last.
    pub headings: [f32; 4],
    /// Short codes.
    pub mark: f32,
}

/// Spaces.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Spacing {
    /// How much farther apart base lines are than the letters of their script want, as a factor.
    pub lines: f32,
    /// Between paragraphs.
    pub paragraphs: f32,
    /// Between the items of a list.
    pub items: f32,
    /// How far lists and what stands in blocks is set in.
    pub indent: f32,
    /// Inside cells and set-off blocks.
    pub padding: f32,
    /// Above headings, by depth.
    pub above_headings: [f32; 4],
}

/// Colours. Those of text have a contrast of at least [`Theme::LEAST_CONTRAST`] to what they stand on, or reading the theme warns.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Colours {
    /// Running text.
    pub ink: Colour,
    /// Text beside the matter, and rules to write on.
    pub muted: Colour,
    /// Headings, terms and labels, and the bars beside blocks.
    pub accent: Colour,
    /// Rules between rows, and what only guides the eye.
    pub rule: Colour,
    /// Behind blocks.
    pub ground: Colour,
    /// Behind the headers of tables, and code in a line.
    pub head_ground: Colour,
}

/// The sizes of type on cards: each side has the largest of them in which it fits.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct CardSizes {
    /// The largest.
    pub largest: f32,
    /// The smallest; what does not fit in it goes on on another card. From 14 points cards are larger, and fewer a sheet.
    pub smallest: f32,
}

/// Points in a millimetre.
pub(crate) const MM: f32 = 72.0 / 25.4;

impl Margins {
    /// The least margin: what a printer can't print on, and room for a running line. In millimetres.
    pub const LEAST: f32 = 10.0;
    /// The greatest margin, in millimetres.
    pub const MOST: f32 = 60.0;
}

/// Margins in points on a sheet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edges {
    pub(crate) top: f32,
    pub(crate) side: f32,
    pub(crate) bottom: f32,
}

impl Theme {
    /// The names of the themes that come with patra: [`Theme::named`] knows them.
    pub const NAMES: [&'static str; 3] = ["standard", "large-print", "mono"];

    /// The least contrast of text to its ground by which most people read with ease (WCAG 2.2, 1.4.3).
    pub const LEAST_CONTRAST: f32 = 4.5;

    /// A theme that comes with patra. `standard` is the default; `large-print` has no text below 18 points but short codes, with
    /// lines a quarter farther apart; `mono` is black on white, for copiers.
    #[must_use]
    pub fn named(name: &str) -> Option<Theme> {
        match name {
            "standard" => Some(Theme::default()),
            "large-print" => Some(Theme::large_print()),
            "mono" => Some(Theme::mono()),
            _ => None,
        }
    }

    fn large_print() -> Theme {
        Theme {
            margins: Margins { top: 27.0, side: 19.0, bottom: 26.0, exact: false },
            sizes: Sizes {
                body: 18.0,
                small: 18.0,
                table: 18.0,
                code: 18.0,
                title: 30.0,
                headings: [25.0, 22.0, 20.0, 18.0],
                mark: 11.0,
            },
            spacing: Spacing {
                lines: 1.25,
                paragraphs: 11.0,
                items: 6.0,
                indent: 27.0,
                padding: 7.0,
                above_headings: [32.0, 24.0, 19.0, 17.0],
            },
            colours: Colours { ink: Colour([0; 3]), muted: Colour([0x40, 0x44, 0x48]), ..Colours::default() },
            cards: CardSizes { largest: 24.0, smallest: 18.0 },
            families: Vec::new(),
        }
    }

    fn mono() -> Theme {
        let white = Colour([0xff; 3]);
        let colours = Colours {
            ink: Colour([0; 3]),
            muted: Colour([0; 3]),
            accent: Colour([0; 3]),
            rule: Colour([0; 3]),
            ground: white,
            head_ground: white,
        };
        Theme { colours, ..Theme::default() }
    }

    /// The margins on a page of a width and a height, in points.
    pub(crate) fn edges(&self, page: (f32, f32)) -> Edges {
        let scale = if self.margins.exact { 1.0 } else { (page.0 / Sheet::A4.points().0).min(1.0) };
        let least = if scale < 1.0 { Margins::LEAST } else { 0.0 };
        let edge = |mm: f32| (mm * scale).max(least) * MM;
        Edges { top: edge(self.margins.top), side: edge(self.margins.side), bottom: edge(self.margins.bottom) }
    }

    /// A length that grows with the text; given for the standard size.
    pub(crate) fn scaled(&self, points: f32) -> f32 {
        points * self.sizes.body / Sizes::default().body
    }

    /// The design for pages of half a sheet: words to read are as large as on a whole one, and what stands above them is
    /// smaller and closer, in proportion to their shorter lines.
    pub(crate) fn of_booklet(&self) -> Theme {
        const HEADINGS: f32 = 0.86;
        const SPACES: f32 = 0.75;
        let Sizes { body, title, headings, .. } = self.sizes;
        let smaller = |size: f32| (size * HEADINGS).max(body.min(size));
        let spacing = Spacing {
            indent: self.spacing.indent * HEADINGS,
            padding: self.spacing.padding * HEADINGS,
            above_headings: self.spacing.above_headings.map(|space| space * SPACES),
            ..self.spacing
        };
        Theme {
            sizes: Sizes { title: smaller(title), headings: headings.map(smaller), ..self.sizes },
            spacing,
            ..self.clone()
        }
    }

    /// The sizes that a card is tried in, from the largest to the smallest.
    pub(crate) fn of_cards(&self) -> Vec<Theme> {
        const STEPS: i32 = 5;
        let CardSizes { largest, smallest } = self.cards;
        let ratio = (smallest / largest).powf(1.0 / STEPS as f32);
        (0..=STEPS).map(|step| self.of_body((largest * ratio.powi(step) * 10.0).round() / 10.0)).collect()
    }

    /// The measures for small pieces of paper, in proportion to a size of text.
    fn of_body(&self, body: f32) -> Theme {
        let small = |factor: f32, least: f32| if self.large_cards() { body } else { (body * factor).max(least) };
        Theme {
            sizes: Sizes {
                body,
                small: small(0.8, 7.0),
                table: small(0.88, 7.5),
                code: small(0.88, 7.5),
                ..self.sizes
            },
            spacing: Spacing {
                paragraphs: body * 0.45,
                items: body * 0.18,
                indent: body * 1.3,
                padding: body * 0.35,
                ..self.spacing
            },
            ..self.clone()
        }
    }

    /// Whether cards are larger than usual, for a text that is.
    pub(crate) fn large_cards(&self) -> bool {
        self.cards.smallest >= 14.0
    }
}

impl Default for Margins {
    fn default() -> Self {
        Margins { top: 23.3, side: 21.9, bottom: 21.9, exact: false }
    }
}

impl Default for Sizes {
    fn default() -> Self {
        Sizes {
            body: 10.5,
            small: 8.5,
            table: 9.5,
            code: 9.5,
            title: 22.0,
            headings: [15.0, 12.5, 11.0, 10.5],
            mark: 6.5,
        }
    }
}

impl Default for Spacing {
    fn default() -> Self {
        Spacing {
            lines: 1.0,
            paragraphs: 6.0,
            items: 3.0,
            indent: 16.0,
            padding: 5.0,
            above_headings: [20.0, 14.0, 11.0, 10.0],
        }
    }
}

impl Default for Colours {
    fn default() -> Self {
        Colours {
            ink: Colour([0x1c, 0x1c, 0x1e]),
            muted: Colour([0x5c, 0x62, 0x68]),
            accent: Colour([0x1b, 0x4b, 0x66]),
            rule: Colour([0xb4, 0xbf, 0xc6]),
            ground: Colour([0xf2, 0xf5, 0xf7]),
            head_ground: Colour([0xe3, 0xea, 0xee]),
        }
    }
}

impl Default for CardSizes {
    fn default() -> Self {
        CardSizes { largest: 12.0, smallest: 8.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_a_theme_that_reads_well() {
        for name in Theme::NAMES {
            let theme = Theme::named(name).expect(name);
            assert!(theme.faint().is_empty(), "{name}: {:?}", theme.faint());
        }
        assert_eq!(Theme::named("standard"), Some(Theme::default()));
        assert_eq!(Theme::named("plain"), None);
    }

    #[test]
    fn margins_shrink_with_the_sheet_and_not_below_what_prints() {
        let theme = Theme::default();
        assert_eq!(theme.edges(Sheet::A4.points()).side, theme.edges(Sheet::Letter.points()).side);
        assert!(theme.edges(Sheet::A5.points()).side < 45.0);
        let narrow = Theme { margins: Margins { side: 11.0, ..Margins::default() }, ..Theme::default() };
        assert_eq!(narrow.edges(Sheet::A5.points()).side, Margins::LEAST * MM);
        let exact = Theme { margins: Margins { exact: true, ..Margins::default() }, ..Theme::default() };
        assert_eq!(exact.edges(Sheet::A5.points()).side, theme.edges(Sheet::A4.points()).side);
    }

    #[test]
    fn cards_are_tried_from_large_to_small() {
        let sizes = |theme: Theme| theme.of_cards().iter().map(|theme| theme.sizes.body).collect::<Vec<_>>();
        let standard = sizes(Theme::default());
        assert_eq!((standard[0], standard[5]), (12.0, 8.0));
        assert!(standard.windows(2).all(|pair| pair[0] > pair[1]));
        assert_eq!(sizes(Theme::large_print())[5], 18.0);
    }
}
