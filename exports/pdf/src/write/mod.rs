//! The file: what is drawn on each page, and the objects that make a document of the pages.

mod annotation;
mod booklet;
mod canvas;
mod content;
mod document;
mod drawing;
mod facts;
mod file;
mod fonts;
mod formula;
mod intent;
mod line;
mod outline;
mod packer;
mod structure;
mod syntax;

pub(crate) use booklet::booklet;
pub(crate) use canvas::Canvas;
pub(crate) use document::{Destinations, Sheaf, Spot, document};
pub(crate) use drawing::drawing;
pub(crate) use facts::Facts;
pub(crate) use fonts::Fonts;
pub(crate) use packer::deflated;
