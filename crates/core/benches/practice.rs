//! Practice and advice over long lists of terms: `cargo bench -p patra-core`.
//!
//! Each is measured beside copying the same material, the least that any pass over it can cost.
//! `memory.rs` counts the memory, which makes everything slower.

mod glossary;

use glossary::glossary;
use patra_core::Practice;

/// As the command has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
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
