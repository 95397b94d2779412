//! The memory that reading takes: `max alloc` is the most that was taken at one time, beside a source of 10 MB.

mod course;

use course::course;
use patra_core::Source;
use patra_markdown::{ReadOptions, read};

#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

#[divan::bench(args = [1_000_000, 10_000_000], sample_count = 3)]
fn reading(bencher: divan::Bencher<'_, '_>, bytes: usize) {
    let source = Source::new(course(bytes));
    bencher.bench_local(|| read(&source, &ReadOptions::default()));
}
