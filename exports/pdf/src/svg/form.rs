//! Forms: drawings as content streams with what they use, before they are objects of a document (ISO 32000-2, 8.10).

use usvg::Transform;

use crate::layout::Picture;
use crate::text::Line;

/// A content stream and its resources.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form {
    pub(crate) parts: Vec<Part>,
    pub(crate) resources: Vec<Resource>,
    /// Left, bottom, right, top.
    pub(crate) bounds: [f32; 4],
    /// Whether it is painted as one, by itself, and then onto what lies below.
    pub(crate) group: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Part {
    Operators(Vec<u8>),
    /// A line of text, its base line's left end at the origin.
    Text(Line),
}

/// What a stream refers to: by `R` and its number in the form.
#[derive(Clone, Debug)]
pub(crate) enum Resource {
    Form(Form),
    Picture(Picture),
    /// How opaque what follows is, filled and stroked, and how it is blended.
    State {
        opacity: f32,
        blend: &'static str,
        mask: Option<Box<SoftMask>>,
    },
    Gradient(Gradient),
    /// A tile, set side by side.
    Tile {
        form: Form,
        matrix: Transform,
    },
}

/// How opaque what follows is, place by place (ISO 32000-2, 11.6.5).
#[derive(Clone, Debug)]
pub(crate) struct SoftMask {
    pub(crate) form: Form,
    /// By how light the form is, rather than by how opaque.
    pub(crate) luminosity: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Gradient {
    /// Four numbers for one along a line, six for one between circles (ISO 32000-2, 8.7.4.5).
    pub(crate) coordinates: Vec<f32>,
    /// Offsets that rise from 0 to 1, and their colours.
    pub(crate) stops: Vec<(f32, [f32; 3])>,
    pub(crate) matrix: Transform,
}

impl Form {
    pub(crate) fn new(bounds: [f32; 4], group: bool) -> Self {
        Form { bounds, group, ..Form::default() }
    }

    /// Where operators are added.
    pub(crate) fn operators(&mut self) -> &mut Vec<u8> {
        if !matches!(self.parts.last(), Some(Part::Operators(_))) {
            self.parts.push(Part::Operators(Vec::new()));
        }
        match self.parts.last_mut() {
            Some(Part::Operators(bytes)) => bytes,
            _ => unreachable!("operators were added above"),
        }
    }

    pub(crate) fn push(&mut self, numbers: &[f32], operator: &str) {
        let out = self.operators();
        numbers.iter().for_each(|part| super::number(out, *part));
        out.extend_from_slice(operator.as_bytes());
        out.push(b'\n');
    }

    /// Adds a resource, and an operator that takes its name.
    pub(crate) fn refer(&mut self, resource: Resource, operator: &str) {
        let name = format!("/R{} {operator}", self.resources.len());
        self.resources.push(resource);
        self.push(&[], &name);
    }

    pub(crate) fn concatenate(&mut self, matrix: Transform) {
        if !matrix.is_identity() {
            self.push(&[matrix.sx, matrix.ky, matrix.kx, matrix.sy, matrix.tx, matrix.ty], "cm");
        }
    }
}
