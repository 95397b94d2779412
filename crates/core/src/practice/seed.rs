//! Orders that look random and are the same everywhere: drawn from an id or a seed, never from a clock.

/// A stream of numbers that follows from a seed (SplitMix64, Steele, Lea and Flood 2014).
#[derive(Clone, Debug)]
pub(super) struct Seeded(u64);

impl Seeded {
    /// A stream that follows from a text (64-bit FNV-1a).
    pub(super) fn of(text: &str) -> Self {
        Seeded(hash(text))
    }

    /// A stream that follows from a number and a text.
    pub(super) fn with(seed: u64, text: &str) -> Self {
        Seeded(hash(text) ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which is above 0. The bias of the remainder is below 1 in 2^32 for the bounds in use.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap_or(0)
    }

    /// Puts `things` in a drawn order (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, things: &mut [T]) {
        for i in (1..things.len()).rev() {
            things.swap(i, self.below(i + 1));
        }
    }
}

/// The rank of one thing in the draw of another: adding a thing never changes the ranks of the rest.
pub(super) fn rank(of: &str, thing: &str) -> u64 {
    Seeded(hash(of) ^ hash(thing).rotate_left(32)).next()
}

fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_is_the_same_everywhere() {
        let mut numbers = [1, 2, 3, 4, 5, 6, 7];
        Seeded::with(7, "bpo").shuffle(&mut numbers);
        assert_eq!(numbers, [3, 4, 7, 1, 2, 6, 5]);
        assert_ne!(Seeded::of("a").next(), Seeded::of("b").next());
        assert_eq!(Seeded::of("").below(1), 0);
    }
}
