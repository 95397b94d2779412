//! A formula that is laid out, to be drawn at any size.

use std::rc::Rc;

use crate::text::{Colour, Word};

/// A formula in a size. Two are equal only where they are one and the same place of a text.
#[derive(Clone, Debug)]
pub(crate) struct Formula {
    /// Its number among all formulas set.
    pub(crate) number: u32,
    pub(crate) laid: Rc<Laid>,
    /// The em of its letters, in points.
    pub(crate) em: f32,
}

/// What a formula is made of. Lengths are in ems, x from its left end, y up from its base line.
#[derive(Debug)]
pub(crate) struct Laid {
    /// The LaTeX it was made from.
    pub(crate) tex: Box<str>,
    pub(crate) width: f32,
    /// Above the base line.
    pub(crate) height: f32,
    /// Below the base line.
    pub(crate) depth: f32,
    pub(crate) marks: Vec<Mark>,
}

/// Something drawn; one without a colour has that of the text around.
#[derive(Debug)]
pub(crate) enum Mark {
    /// A letter, a sign or a word, `em` times as large as the formula's letters.
    Word { word: Rc<Word>, x: f32, y: f32, em: f32, colour: Option<Colour> },
    /// A filled rectangle; x and y are its lower left corner.
    Rule { x: f32, y: f32, width: f32, height: f32, colour: Option<Colour> },
    /// A shape that is filled, or a line of a thickness drawn along it.
    Curve(Curve),
}

#[derive(Debug)]
pub(crate) struct Curve {
    pub(crate) steps: Vec<Step>,
    pub(crate) thickness: Option<f32>,
    pub(crate) colour: Option<Colour>,
}

/// A step along a path, as PDF has them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Step {
    Move([f32; 2]),
    Line([f32; 2]),
    Cubic([f32; 6]),
    Close,
}

impl PartialEq for Formula {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Formula {
    /// In points.
    pub(crate) fn width(&self) -> f32 {
        self.laid.width * self.em
    }

    /// Above the base line, in points.
    pub(crate) fn height(&self) -> f32 {
        self.laid.height * self.em
    }

    /// Below the base line, in points.
    pub(crate) fn depth(&self) -> f32 {
        self.laid.depth * self.em
    }

    /// The same made smaller, where it is wider or higher than there is room; `None` where it fits. In points.
    pub(crate) fn fitted(&self, width: f32, height: f32) -> Option<Formula> {
        let scale = (width / self.width()).min(height / (self.height() + self.depth()));
        (scale < 1.0).then(|| Formula { em: self.em * scale.max(0.0), ..self.clone() })
    }
}
