//! Practice and advice over long lists of terms: `cargo bench -p patra-core`.
//!
//! Each is measured beside copying the same material, the least that any pass over it can cost. `max alloc` is the most memory
//! that was taken at one time.

use patra_core::{Block, Entry, Material, Practice, Section, Terms};

#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

/// A glossary of `count` terms in sections of a hundred, each with a description of its own of some twelve words.
fn glossary(count: usize) -> Material {
    let syllables = ["का", "मि", "रो", "ने", "सा", "टू", "पि", "लो", "ड़ी", "श"];
    let word = |mut n: usize| {
        let mut word = String::new();
        for _ in 0..6 {
            word.push_str(syllables[n % 10]);
            n /= 10;
        }
        word
    };
    let entry = |n: usize| {
        let description: Vec<String> =
            (0..12).map(|i| word(n.wrapping_mul(7919).wrapping_add(i * 104_729) % 1_000_000)).collect();
        Entry { term: word(n).into(), description: description.join(" ").into(), ..Entry::default() }
    };
    let section = |first: usize| {
        let entries = (first..(first + 100).min(count)).map(entry).collect();
        let terms = Block::Terms(Terms { entries, ..Terms::default() });
        Section { heading: format!("भाग {first}").into(), blocks: vec![terms], ..Section::default() }
    };
    let sections = (0..count).step_by(100).map(section).collect();
    let mut material =
        Material {
            title: "शब्दावली".into(), language: "hi".parse().expect("a tag"), sections, ..Material::default()
        };
    material.assign_ids();
    material
}

#[divan::bench(args = [2_000, 20_000])]
fn copy(bencher: divan::Bencher<'_, '_>, count: usize) {
    let material = glossary(count);
    bencher.bench_local(|| material.clone());
}

#[divan::bench(args = [2_000, 20_000])]
fn practice(bencher: divan::Bencher<'_, '_>, count: usize) {
    let material = glossary(count);
    bencher.bench_local(|| Practice::of(&material));
}

#[divan::bench(args = [10_000, 100_000], sample_count = 3)]
fn advice(bencher: divan::Bencher<'_, '_>, count: usize) {
    let material = glossary(count);
    bencher.bench_local(|| material.advice());
}
