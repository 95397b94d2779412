//! Builds without a terminal: what a listener hears, and that a cancelled build writes nothing.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use patra_build::build::{BuildPlan, Written, build};
use patra_build::input::{Failure, find};
use patra_build::listener::{Listener, Stage};
use patra_build::settings::CallOptions;
use patra_core::{Diagnostic, SourceMap};

/// Keeps what it hears, and cancels the build at the stage that it is given.
#[derive(Default)]
struct Heard {
    stages: Vec<(Stage, usize)>,
    counted: Arc<AtomicUsize>,
    problems: usize,
    failures: usize,
    written: Vec<String>,
    cancel_at: Option<(Stage, Arc<AtomicBool>)>,
}

impl Listener for Heard {
    fn started(&mut self, stage: Stage, materials: usize) -> Box<dyn Fn() + Sync> {
        self.stages.push((stage, materials));
        if let Some((_, cancelled)) = self.cancel_at.as_ref().filter(|(at, _)| *at == stage) {
            cancelled.store(true, Ordering::Relaxed);
        }
        let counted = Arc::clone(&self.counted);
        Box::new(move || {
            counted.fetch_add(1, Ordering::Relaxed);
        })
    }

    fn waiting(&mut self, _: &Path, _: Option<u32>) {}

    fn problem(&mut self, _: &SourceMap, _: &Diagnostic) {
        self.problems += 1;
    }

    fn failed(&mut self, _: &Failure) {
        self.failures += 1;
    }

    fn written(&mut self, written: &[Written], materials: usize, _: &[&Path]) {
        assert!(written.len() <= materials);
        self.written.extend(written.iter().map(|written| written.folder.display().to_string()));
    }
}

/// Builds a folder of two sound sources and one with an error.
fn heard(folder: &Path, mut heard: Heard, cancelled: &AtomicBool) -> Heard {
    let source = |id: &str| {
        format!("---\nid: {id}\ntitle: {id}\nlanguage: en\n---\n\n# Rocks\n\nBasalt {{#basalt}}\n: Cooled lava.\n")
    };
    for id in ["granite", "marble"] {
        fs::write(folder.join(format!("{id}.md")), source(id)).expect("written");
    }
    fs::write(folder.join("slate.md"), source("slate") + "\nSlate is {{}} clay.\n").expect("written");
    let inputs = find(&[folder.to_owned()]).expect("sources").inputs;
    let options = CallOptions::default();
    let out = folder.join("out");
    let plan = BuildPlan { options: &options, out: Some(&out), advice: false, jobs: None, fail_fast: false, cancelled };
    build(inputs, &plan, &mut heard);
    heard
}

#[test]
fn a_listener_hears_each_stage_each_material_and_the_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let heard = heard(folder.path(), Heard::default(), &AtomicBool::new(false));
    assert_eq!(heard.stages, [(Stage::Reading, 3), (Stage::Making, 3)]);
    assert_eq!(heard.counted.load(Ordering::Relaxed), 6);
    assert_eq!((heard.failures, heard.problems), (0, 1), "the gap that hides nothing");
    assert_eq!(heard.written.len(), 2, "{:?}", heard.written);
    for written in &heard.written {
        assert!(Path::new(written).join("deck.apkg").is_file(), "{written}");
    }
    assert!(folder.path().join("patra.lock").is_file());
}

#[test]
fn a_cancelled_build_writes_nothing() {
    for stage in [Stage::Reading, Stage::Making] {
        let folder = tempfile::tempdir().expect("a folder");
        let cancelled = Arc::new(AtomicBool::new(false));
        let cancel = Heard { cancel_at: Some((stage, Arc::clone(&cancelled))), ..Heard::default() };
        let heard = heard(folder.path(), cancel, &cancelled);
        assert_eq!((heard.written.len(), heard.failures), (0, 0));
        assert_eq!(heard.stages.last(), Some(&(stage, 3)));
        let left = fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(left, 3, "only the sources, at {stage:?}");
    }
}
