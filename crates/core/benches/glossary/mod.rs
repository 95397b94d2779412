//! A long material to measure with.

use patra_core::{Block, Entry, Material, Section, Terms};

/// A glossary of `count` terms in sections of a hundred, each with a description of its own of some twelve words.
pub fn glossary(count: usize) -> Material {
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
