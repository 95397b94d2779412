//! Listeners: who hears of a build's steps, problems and files while it works.

use std::path::Path;

use patra_core::{Diagnostic, SourceMap};

use crate::build::Written;
use crate::input::Failure;

/// A stage of a build that goes through all materials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Sources are read.
    Reading,
    /// Files are made of the materials, in memory.
    Making,
}

/// Something that shows what a build does and finds: a terminal, or a program's window.
pub trait Listener {
    /// A stage begins. The function is called after each material, on the thread that worked on it, and dropped when the stage ends.
    fn started(&mut self, stage: Stage, materials: usize) -> Box<dyn Fn() + Sync>;

    /// Another build holds a folder, and this one waits. `process` is that build's, where the system tells it.
    fn waiting(&mut self, folder: &Path, process: Option<u32>);

    /// A source has a problem.
    fn problem(&mut self, sources: &SourceMap, diagnostic: &Diagnostic);

    /// Something that is no problem of a source keeps files from being made or written.
    fn failed(&mut self, failure: &Failure);

    /// The files of these materials, of `materials` in all, are in place. `unkept` are locks that can't be written.
    fn written(&mut self, written: &[Written], materials: usize, unkept: &[&Path]);
}
