//! Paint: colours, gradients and tiles.

use patra_core::{Phrase, phrase};

use usvg::{BaseGradient, Paint, Rect, SpreadMethod, Transform};

use super::form::{Form, Gradient, Resource, SoftMask};
use super::render::Render;

/// Whether something is filled or stroked.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Use {
    Fill,
    Stroke,
}

impl Render<'_> {
    /// Chooses what the next path is painted with; `matrix` leads from the user space to the form's.
    pub(super) fn paint(
        &mut self,
        form: &mut Form,
        (paint, opacity): (&Paint, f32),
        used: Use,
        matrix: Transform,
        bounds: Rect,
    ) -> Result<(), Phrase> {
        let mut opacity = opacity;
        let mut mask = None;
        let resource = match paint {
            Paint::Color(colour) => {
                let rgb = [colour.red, colour.green, colour.blue].map(|part| f32::from(part) / 255.0);
                form.push(&rgb, if used == Use::Fill { "rg" } else { "RG" });
                None
            }
            Paint::LinearGradient(gradient) => {
                let coordinates = vec![gradient.x1(), gradient.y1(), gradient.x2(), gradient.y2()];
                let faded = self.gradient(gradient, coordinates, matrix)?;
                opacity *= faded.opacity;
                mask = faded.varying.map(|fading| fading_mask(fading, bounds, matrix));
                Some(Resource::Gradient(faded.colours))
            }
            Paint::RadialGradient(gradient) => {
                let (fx, fy, fr) = (gradient.fx(), gradient.fy(), gradient.fr().get());
                let coordinates = vec![fx, fy, fr, gradient.cx(), gradient.cy(), gradient.r().get()];
                let faded = self.gradient(gradient, coordinates, matrix)?;
                opacity *= faded.opacity;
                mask = faded.varying.map(|fading| fading_mask(fading, bounds, matrix));
                Some(Resource::Gradient(faded.colours))
            }
            Paint::Pattern(pattern) => {
                let rect = pattern.rect();
                let mut tile = Form::new([0.0, 0.0, rect.width(), rect.height()], false);
                self.group(pattern.root(), &mut tile, Transform::identity())?;
                let matrix = matrix.pre_concat(pattern.transform()).pre_translate(rect.x(), rect.y());
                Some(Resource::Tile { form: tile, matrix })
            }
        };
        if opacity < 1.0 || mask.is_some() {
            form.refer(Resource::State { opacity, blend: "Normal", mask: mask.map(Box::new) }, "gs");
        }
        if let Some(resource) = resource {
            form.push(&[], if used == Use::Fill { "/Pattern cs" } else { "/Pattern CS" });
            form.refer(resource, if used == Use::Fill { "scn" } else { "SCN" });
        }
        Ok(())
    }

    fn gradient(&mut self, base: &BaseGradient, coordinates: Vec<f32>, matrix: Transform) -> Result<Faded, Phrase> {
        if base.spread_method() != SpreadMethod::Pad {
            self.lose(phrase!("a gradient that repeats is shown once"));
        }
        let matrix = matrix.pre_concat(base.transform());
        let with = |value: &dyn Fn(&usvg::Stop) -> [f32; 3]| {
            let mut stops: Vec<(f32, [f32; 3])> =
                base.stops().iter().map(|stop| (stop.offset().get(), value(stop))).collect();
            if let (Some(first), Some(last)) = (stops.first().copied(), stops.last().copied()) {
                if first.0 > 0.0 {
                    stops.insert(0, (0.0, first.1));
                }
                if last.0 < 1.0 {
                    stops.push((1.0, last.1));
                }
            }
            Gradient { coordinates: coordinates.clone(), stops, matrix }
        };
        self.spend(base.stops().len() * 40)?;
        let colours = with(&|stop| {
            let colour = stop.color();
            [colour.red, colour.green, colour.blue].map(|part| f32::from(part) / 255.0)
        });
        let first = base.stops().first().map_or(1.0, |stop| stop.opacity().get());
        if base.stops().iter().all(|stop| stop.opacity().get() == first) {
            return Ok(Faded { colours, opacity: first, varying: None });
        }
        let varying = with(&|stop| [stop.opacity().get(); 3]);
        Ok(Faded { colours, opacity: 1.0, varying: Some(varying) })
    }
}

/// A gradient, and how opaque it is: throughout, or from place to place.
struct Faded {
    colours: Gradient,
    opacity: f32,
    varying: Option<Gradient>,
}

/// A mask as light as a gradient is opaque, in the user space that the path is in.
fn fading_mask(mut fading: Gradient, bounds: Rect, matrix: Transform) -> SoftMask {
    // The mask is a form of its own, whose space is the user space.
    if let Some(back) = matrix.invert() {
        fading.matrix = back.pre_concat(fading.matrix);
    }
    let [left, top, right, bottom] = [bounds.left(), bounds.top(), bounds.right(), bounds.bottom()];
    let mut form = Form::new([left, top, right, bottom], true);
    form.push(&[], "/Pattern cs");
    form.refer(Resource::Gradient(fading), "scn");
    form.push(&[left, top, right - left, bottom - top], "re");
    form.push(&[], "f");
    SoftMask { form, luminosity: true }
}
