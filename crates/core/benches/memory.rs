//! The memory that practice takes over a long list of terms: `max alloc` is the most that was taken at one time.

mod glossary;

use glossary::glossary;
use patra_core::Practice;

#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

#[divan::bench(args = [2_000, 20_000], sample_count = 3)]
fn practice(bencher: divan::Bencher<'_, '_>, count: usize) {
    let material = glossary(count);
    bencher.bench_local(|| Practice::of(&material));
}
