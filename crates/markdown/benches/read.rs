//! Reading 10 MB of Hindi: `cargo bench -p patra-markdown`, or `just bench-markdown`.
//!
//! Beside the whole reading stand its parts, and what no reader can be faster than: the parser that it is built on, over
//! the same bytes, and the check that they are UTF-8. `memory.rs` counts the memory.

mod course;

use course::course;
use divan::counter::BytesCount;
use patra_core::{Block, Id, Material, Section, Source};
use patra_markdown::{ReadOptions, read, write};
use pulldown_cmark::{Options, Parser};

/// As the command has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const BYTES: usize = 10_000_000;

fn main() {
    divan::main();
}

/// What [`patra_markdown::read`] asks of the parser.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

#[divan::bench(sample_count = 20)]
fn a_utf8(bencher: divan::Bencher<'_, '_>) {
    let text = course(BYTES);
    bencher.counter(BytesCount::new(text.len())).bench_local(|| std::str::from_utf8(text.as_bytes()).is_ok());
}

#[divan::bench(sample_count = 20)]
fn b_parser_alone(bencher: divan::Bencher<'_, '_>) {
    let text = course(BYTES);
    bencher
        .counter(BytesCount::new(text.len()))
        .bench_local(|| Parser::new_ext(&text, options()).into_offset_iter().count());
}

/// A part of `c_read`: the ids that follow from keys.
#[divan::bench(sample_count = 10)]
fn ids(bencher: divan::Bencher<'_, '_>) {
    let source = Source::new(course(BYTES));
    let mut material = read(&source, &ReadOptions::default()).material.expect("there is text");
    without_ids(&mut material.sections);
    bencher
        .counter(BytesCount::new(source.text().len()))
        .with_inputs(|| material.clone())
        .bench_local_refs(Material::assign_ids);
}

/// Source to material, ids and all.
#[divan::bench(sample_count = 20)]
fn c_read(bencher: divan::Bencher<'_, '_>) {
    let source = Source::new(course(BYTES));
    bencher.counter(BytesCount::new(source.text().len())).bench_local(|| read(&source, &ReadOptions::default()));
}

#[divan::bench(sample_count = 3)]
fn d_write(bencher: divan::Bencher<'_, '_>) {
    let source = Source::new(course(BYTES));
    let material = read(&source, &ReadOptions::default()).material.expect("there is text");
    bencher.counter(BytesCount::new(source.text().len())).bench_local(|| write(&material));
}

fn without_ids(sections: &mut [Section]) {
    for section in sections {
        section.id = Id::default();
        for block in &mut section.blocks {
            match block {
                Block::Definition(b) => b.id = Id::default(),
                Block::Question(b) => b.id = Id::default(),
                Block::Cloze(b) => b.id = Id::default(),
                Block::Terms(b) => {
                    b.id = Id::default();
                    b.entries.iter_mut().for_each(|entry| entry.id = Id::default());
                }
                Block::Comparison(b) => {
                    b.id = Id::default();
                    b.subjects.iter_mut().for_each(|subject| subject.id = Id::default());
                    b.aspects.iter_mut().for_each(|aspect| aspect.id = Id::default());
                }
                _ => {}
            }
        }
        without_ids(&mut section.sections);
    }
}
