//! Rendering: from usvg's tree to operators.

use std::collections::BTreeMap;

use patra_core::{Phrase, phrase};
use usvg::tiny_skia_path::PathSegment;
use usvg::{
    BlendMode, ClipPath, FillRule, Group, Image, ImageKind, LineCap, LineJoin, Mask, MaskType, Node, PaintOrder, Path,
    Rect, Stroke, Transform, Tree,
};

use super::form::{Form, Part, Resource, SoftMask};
use super::label::Label;
use super::paint::Use;
use crate::layout::Picture;
use crate::math::raised;

/// The most that a drawing may take in operators, in bytes.
const MOST_BYTES: usize = 48 << 20;

/// The most that the pictures in a drawing may take as they are held, in bytes.
const MOST_HELD: usize = 256 << 20;

pub(super) struct Render<'a> {
    labels: &'a [Label],
    /// By their words.
    losses: BTreeMap<String, Phrase>,
    /// What has been drawn so far takes in operators, and its pictures with their pixels, in bytes.
    spent: usize,
    held: usize,
}

/// Draws a whole tree, its upper left corner at the upper left of the form.
pub(super) fn render(tree: &Tree, labels: &[Label], losses: &mut Vec<Phrase>) -> Result<Form, Phrase> {
    let (width, height) = (tree.size().width(), tree.size().height());
    let mut render = Render { labels, losses: BTreeMap::new(), spent: 0, held: 0 };
    let mut form = Form::new([0.0, 0.0, width, height], false);
    let down = Transform::from_row(1.0, 0.0, 0.0, -1.0, 0.0, height);
    form.concatenate(down);
    render.group(tree.root(), &mut form, down)?;
    losses.extend(render.losses.into_values());
    Ok(form)
}

impl Render<'_> {
    pub(super) fn lose(&mut self, what: Phrase) {
        self.losses.insert(what.to_string(), what);
    }

    /// Counts what is about to be drawn.
    pub(super) fn spend(&mut self, bytes: usize) -> Result<(), Phrase> {
        self.spent = self.spent.saturating_add(bytes);
        if self.spent > MOST_BYTES {
            return Err(phrase!("it takes more than {$most} MB to draw", most = MOST_BYTES >> 20));
        }
        Ok(())
    }

    /// Draws a group; `matrix` leads from the space around it to the form's.
    pub(super) fn group(&mut self, group: &Group, form: &mut Form, matrix: Transform) -> Result<(), Phrase> {
        self.spend(8)?;
        for filter in group.filters() {
            self.lose(phrase!("the filter `{$id}` is left out", id = filter.id()));
        }
        form.push(&[], "q");
        form.concatenate(group.transform());
        let matrix = matrix.pre_concat(group.transform());
        let bounds = widened(group.layer_bounding_box().to_rect());
        let mut masks = Vec::new();
        let mut clip = group.clip_path();
        while let Some(path) = clip {
            if let Some(mask) = self.clip(path, form, bounds)? {
                masks.push(mask);
            }
            clip = path.clip_path();
        }
        let mut mask = group.mask();
        while let Some(own) = mask {
            masks.push(self.mask(own)?);
            mask = own.mask();
        }
        let blend = blend_name(group.blend_mode());
        let opacity = group.opacity().get();
        if masks.is_empty() && opacity >= 1.0 && blend == "Normal" && !group.isolate() {
            self.children(group, form, matrix)?;
        } else {
            let mut inner = Form::new(bounds, true);
            self.children(group, &mut inner, Transform::identity())?;
            // Each mask is laid on what the one before it left.
            let last = masks.pop();
            for mask in masks {
                let mut outer = Form::new(bounds, true);
                let state = Resource::State { opacity: 1.0, blend: "Normal", mask: Some(Box::new(mask)) };
                outer.refer(state, "gs");
                outer.refer(Resource::Form(inner), "Do");
                inner = outer;
            }
            form.refer(Resource::State { opacity, blend, mask: last.map(Box::new) }, "gs");
            form.refer(Resource::Form(inner), "Do");
        }
        form.push(&[], "Q");
        Ok(())
    }

    fn children(&mut self, group: &Group, form: &mut Form, matrix: Transform) -> Result<(), Phrase> {
        for child in group.children() {
            match child {
                Node::Group(group) => self.group(group, form, matrix)?,
                Node::Path(path) => self.path(path, form, matrix)?,
                Node::Image(image) => self.image(image, form)?,
                Node::Text(_) => self.lose(phrase!("a text is left out")),
            }
        }
        Ok(())
    }

    fn path(&mut self, path: &Path, form: &mut Form, matrix: Transform) -> Result<(), Phrase> {
        if !path.is_visible() {
            return Ok(());
        }
        if let Some(label) = Label::find(self.labels, path.id()) {
            return self.label(label, path, form, matrix);
        }
        let order = match path.paint_order() {
            PaintOrder::FillAndStroke => [Use::Fill, Use::Stroke],
            PaintOrder::StrokeAndFill => [Use::Stroke, Use::Fill],
        };
        for used in order {
            if used == Use::Fill
                && let Some(fill) = path.fill()
            {
                form.push(&[], "q");
                let paint = (fill.paint(), fill.opacity().get());
                self.paint(form, paint, used, matrix, path.bounding_box())?;
                self.outline(path, form)?;
                form.push(&[], if fill.rule() == FillRule::EvenOdd { "f*" } else { "f" });
                form.push(&[], "Q");
            }
            if used == Use::Stroke
                && let Some(stroke) = path.stroke()
            {
                form.push(&[], "q");
                let paint = (stroke.paint(), stroke.opacity().get());
                self.paint(form, paint, used, matrix, path.stroke_bounding_box())?;
                self.pen(stroke, form)?;
                self.outline(path, form)?;
                form.push(&[], "S");
                form.push(&[], "Q");
            }
        }
        Ok(())
    }

    fn pen(&mut self, stroke: &Stroke, form: &mut Form) -> Result<(), Phrase> {
        form.push(&[stroke.width().get()], "w");
        let cap = match stroke.linecap() {
            LineCap::Butt => 0.0,
            LineCap::Round => 1.0,
            LineCap::Square => 2.0,
        };
        let join = match stroke.linejoin() {
            LineJoin::Miter | LineJoin::MiterClip => 0.0,
            LineJoin::Round => 1.0,
            LineJoin::Bevel => 2.0,
        };
        form.push(&[cap], "J");
        form.push(&[join], "j");
        form.push(&[stroke.miterlimit().get()], "M");
        if let Some(dashes) = stroke.dasharray() {
            self.spend(dashes.len() * 8)?;
            let out = form.operators();
            out.push(b'[');
            dashes.iter().for_each(|dash| super::number(out, *dash));
            out.extend_from_slice(b"] ");
            form.push(&[stroke.dashoffset()], "d");
        }
        Ok(())
    }

    fn outline(&mut self, path: &Path, form: &mut Form) -> Result<(), Phrase> {
        self.spend(path.data().len() * 24)?;
        trace(path, Transform::identity(), form);
        Ok(())
    }

    fn image(&mut self, image: &Image, form: &mut Form) -> Result<(), Phrase> {
        if !image.is_visible() {
            return Ok(());
        }
        let (ImageKind::PNG(data) | ImageKind::JPEG(data)) = image.kind() else {
            self.lose(phrase!("a picture in it is left out"));
            return Ok(());
        };
        match Picture::read(data) {
            Ok(picture) => {
                let opacity = picture.opacity.as_ref().map_or(0, |opacity| opacity.len());
                self.held = self.held.saturating_add(picture.data.len() + opacity);
                if self.held > MOST_HELD {
                    return Err(phrase!("the pictures in it take more than {$most} MB", most = MOST_HELD >> 20));
                }
                let (width, height) = (image.size().width(), image.size().height());
                form.push(&[], "q");
                form.concatenate(Transform::from_row(width, 0.0, 0.0, -height, 0.0, height));
                form.refer(Resource::Picture(picture), "Do");
                form.push(&[], "Q");
            }
            Err(why) => self.lose(phrase!("a picture in it is left out: {$why}", why)),
        }
        Ok(())
    }

    /// Draws words in the place of the path that stands for them.
    fn label(&mut self, label: &Label, path: &Path, form: &mut Form, matrix: Transform) -> Result<(), Phrase> {
        let (fill, stroke) = (path.fill(), path.stroke());
        form.push(&[], "q");
        let mode = match (fill, stroke) {
            (Some(_), Some(_)) if path.paint_order() == PaintOrder::StrokeAndFill => {
                self.lose(phrase!("the line around letters is left out"));
                0.0
            }
            (Some(_), None) => 0.0,
            (None, Some(_)) => 1.0,
            (Some(_), Some(_)) => 2.0,
            (None, None) => 3.0,
        };
        if let Some(fill) = fill {
            self.paint(form, (fill.paint(), fill.opacity().get()), Use::Fill, matrix, path.bounding_box())?;
        }
        if let Some(stroke) = stroke.filter(|_| mode > 0.0) {
            let paint = (stroke.paint(), stroke.opacity().get());
            self.paint(form, paint, Use::Stroke, matrix, path.stroke_bounding_box())?;
            self.pen(stroke, form)?;
        }
        form.concatenate(Transform::from_row(1.0, 0.0, 0.0, -1.0, label.x, label.y));
        form.push(&[], "BT");
        form.push(&[mode], "Tr");
        form.parts.push(Part::Text(label.line.clone()));
        form.push(&[], "ET");
        form.push(&[], "Q");
        Ok(())
    }

    /// Clips to a path, or gives the mask that does it where a single path can't.
    fn clip(&mut self, clip: &ClipPath, form: &mut Form, bounds: [f32; 4]) -> Result<Option<SoftMask>, Phrase> {
        let mut paths = Vec::new();
        let simple = flat(clip.root(), clip.transform(), &mut paths);
        match (simple, paths.as_slice()) {
            (true, []) => {
                form.push(&[0.0, 0.0, 0.0, 0.0], "re");
                form.push(&[], "W n");
                Ok(None)
            }
            (true, [(path, matrix)]) => {
                self.spend(path.data().len() * 24)?;
                trace(path, *matrix, form);
                let even_odd = path.fill().is_some_and(|fill| fill.rule() == FillRule::EvenOdd);
                form.push(&[], if even_odd { "W* n" } else { "W n" });
                Ok(None)
            }
            _ => {
                let mut mask = Form::new(bounds, true);
                mask.concatenate(clip.transform());
                self.group(clip.root(), &mut mask, clip.transform())?;
                Ok(Some(SoftMask { form: mask, luminosity: false }))
            }
        }
    }

    fn mask(&mut self, mask: &Mask) -> Result<SoftMask, Phrase> {
        let rect = mask.rect();
        let mut form = Form::new([rect.left(), rect.top(), rect.right(), rect.bottom()], true);
        self.group(mask.root(), &mut form, Transform::identity())?;
        Ok(SoftMask { form, luminosity: mask.kind() == MaskType::Luminance })
    }
}

/// The paths of a clip with their matrices; whether it has no more to it than those.
fn flat<'a>(group: &'a Group, matrix: Transform, out: &mut Vec<(&'a Path, Transform)>) -> bool {
    let matrix = matrix.pre_concat(group.transform());
    group.clip_path().is_none()
        && group.children().iter().all(|child| match child {
            Node::Group(inner) => flat(inner, matrix, out),
            Node::Path(path) => {
                if path.is_visible() {
                    out.push((path, matrix));
                }
                out.len() < 2
            }
            _ => false,
        })
}

fn trace(path: &Path, matrix: Transform, form: &mut Form) {
    let at = |point: usvg::tiny_skia_path::Point| {
        let mut point = point;
        matrix.map_point(&mut point);
        [point.x, point.y]
    };
    let mut last = [0.0; 2];
    for segment in path.data().segments() {
        match segment {
            PathSegment::MoveTo(to) => {
                last = at(to);
                form.push(&last, "m");
            }
            PathSegment::LineTo(to) => {
                last = at(to);
                form.push(&last, "l");
            }
            PathSegment::QuadTo(control, to) => {
                let to = at(to);
                form.push(&raised(last, at(control), to), "c");
                last = to;
            }
            PathSegment::CubicTo(first, second, to) => {
                let ([a, b], [c, d]) = (at(first), at(second));
                last = at(to);
                form.push(&[a, b, c, d, last[0], last[1]], "c");
            }
            PathSegment::Close => form.push(&[], "h"),
        }
    }
}

fn widened(bounds: Rect) -> [f32; 4] {
    [bounds.left() - 1.0, bounds.top() - 1.0, bounds.right() + 1.0, bounds.bottom() + 1.0]
}

fn blend_name(mode: BlendMode) -> &'static str {
    match mode {
        BlendMode::Normal => "Normal",
        BlendMode::Multiply => "Multiply",
        // PDF has none that adds up; this comes nearest.
        BlendMode::Screen | BlendMode::PlusLighter => "Screen",
        BlendMode::Overlay => "Overlay",
        BlendMode::Darken => "Darken",
        BlendMode::Lighten => "Lighten",
        BlendMode::ColorDodge => "ColorDodge",
        BlendMode::ColorBurn => "ColorBurn",
        BlendMode::HardLight => "HardLight",
        BlendMode::SoftLight => "SoftLight",
        BlendMode::Difference => "Difference",
        BlendMode::Exclusion => "Exclusion",
        BlendMode::Hue => "Hue",
        BlendMode::Saturation => "Saturation",
        BlendMode::Color => "Color",
        BlendMode::Luminosity => "Luminosity",
    }
}
