//! Work on many materials at once, and how far it has come.

use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::thread;

use indicatif::{ProgressBar, ProgressStyle};

/// The stack of a thread that works on a material, in bytes: what a main thread usually has.
pub(crate) const STACK: usize = 8 << 20;

/// Does some work where there is such a stack, whatever the calling thread has.
pub(crate) fn deep<T: Send>(work: impl Fn() -> T + Sync) -> T {
    thread::scope(|scope| match thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &work) {
        Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        Err(_) => work(),
    })
}

/// Works on every item, `jobs` at a time, and gives the results in the order of the items. On a terminal, a bar on standard
/// error shows how far it has come.
pub(crate) fn each<T: Send, U: Send>(
    verb: &'static str,
    items: Vec<T>,
    jobs: Option<NonZeroUsize>,
    work: impl Fn(T) -> U + Sync,
) -> Vec<U> {
    let processors = || thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let jobs = jobs.map_or_else(processors, NonZeroUsize::get).min(items.len());
    // It draws nothing where standard error is no terminal.
    let bar = ProgressBar::new(items.len() as u64).with_message(verb);
    if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len}") {
        bar.set_style(style.progress_chars("=> "));
    }
    let queue = Mutex::new(items.into_iter().enumerate());
    let next = || queue.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next();
    let worker = || {
        let mut done = Vec::new();
        while let Some((index, item)) = next() {
            done.push((index, work(item)));
            bar.inc(1);
        }
        done
    };
    let mut done = thread::scope(|scope| {
        let start = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker).ok();
        let others: Vec<_> = (1..jobs).filter_map(start).collect();
        let mut done = worker();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    bar.finish_and_clear();
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_items_at_any_number_of_jobs() {
        for jobs in [None, NonZeroUsize::new(1), NonZeroUsize::new(7)] {
            let uneven = |n: u64| {
                thread::sleep(std::time::Duration::from_millis((n * 7) % 5));
                n * n
            };
            let results = each("work", (0..40).collect(), jobs, uneven);
            assert_eq!(results, (0..40).map(|n| n * n).collect::<Vec<u64>>());
        }
        assert!(each("work", Vec::<u64>::new(), None, |n| n).is_empty());
    }
}
