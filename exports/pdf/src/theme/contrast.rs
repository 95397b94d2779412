//! Contrast: how far text stands out from its ground (WCAG 2.2). It is reckoned from luminance, which grey keeps: what passes
//! here can be told apart on a black-and-white printer.

use super::{Colour, Theme};

impl Colour {
    /// The relative luminance, from 0 for black to 1 for white (WCAG 2.2, "relative luminance").
    #[must_use]
    pub fn luminance(self) -> f32 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f32::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast ratio to another colour, from 1 for none to 21 for black on white (WCAG 2.2, "contrast ratio").
    #[must_use]
    pub fn contrast(self, other: Colour) -> f32 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }
}

/// Text that stands out too little: the key of its colour, that of what it stands on if not white paper, and the contrast.
pub(super) type Faint = (&'static str, Option<&'static str>, f32);

impl Theme {
    /// The colours of text whose contrast is below [`Theme::LEAST_CONTRAST`], with what each stands on.
    pub(super) fn faint(&self) -> Vec<Faint> {
        let colours = &self.colours;
        let grounds =
            [(None, Colour([0xff; 3])), (Some("ground"), colours.ground), (Some("head-ground"), colours.head_ground)];
        let mut out = Vec::new();
        for (key, text) in [("ink", colours.ink), ("muted", colours.muted), ("accent", colours.accent)] {
            let worst = grounds.iter().map(|(on, ground)| (*on, text.contrast(*ground)));
            if let Some((on, contrast)) = worst.min_by(|a, b| a.1.total_cmp(&b.1))
                && contrast < Theme::LEAST_CONTRAST
            {
                out.push((key, on, contrast));
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        let (black, white) = (Colour([0; 3]), Colour([0xff; 3]));
        assert!((black.contrast(white) - 21.0).abs() < 0.01);
        // The grey that just passes on white, and the next that doesn't.
        assert!(Colour([0x76; 3]).contrast(white) >= 4.5 && Colour([0x77; 3]).contrast(white) < 4.5);
        assert_eq!(white.contrast(black), black.contrast(white));
    }
}
