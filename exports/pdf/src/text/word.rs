//! Shaped words, the unit that is shaped, cached and set in a line.

/// A glyph where shaping put it, in font units from the left end of its cluster's base line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Part {
    pub(crate) face: super::FaceId,
    pub(crate) glyph: u16,
    pub(crate) x: i32,
    pub(crate) y: i32,
    /// Whether it is sloped because its face has no italic.
    pub(crate) slanted: bool,
}

/// What one code stands for: an akshara, or a letter of Latin.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Cluster {
    pub(crate) text: Box<str>,
    pub(crate) parts: Box<[Part]>,
    /// In font units.
    pub(crate) advance: i32,
}

/// A word as it was shaped, its clusters in the order of the text.
#[derive(Debug)]
pub(crate) struct Word {
    /// Its number among all words shaped, by which its codes are cached.
    pub(crate) number: u32,
    pub(crate) clusters: Vec<Cluster>,
    /// In font units.
    pub(crate) advance: i32,
    /// Whether its lines run from right to left.
    pub(crate) rtl: bool,
    /// What a space after it measures, in font units.
    pub(crate) space: i32,
    /// Whether its first cluster holds a nonspacing mark.
    pub(crate) mark_first: bool,
    /// The leading its scripts want, as a multiple of the size.
    pub(crate) leading: f32,
    /// The ascent and descent of its faces, in font units; the descent is negative.
    pub(crate) ascent: i32,
    pub(crate) descent: i32,
}

impl Word {
    /// Its text.
    #[cfg(test)]
    pub(crate) fn text(&self) -> String {
        self.clusters.iter().map(|cluster| &*cluster.text).collect()
    }
}
