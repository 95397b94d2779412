//! Work on many materials at once.

use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::thread;

/// The stack of a thread that works on a material, in bytes: what a main thread usually has.
pub const STACK: usize = 8 << 20;

/// Does some work where there is such a stack, whatever the calling thread has.
pub fn deep<T: Send>(work: impl Fn() -> T + Sync) -> T {
    thread::scope(|scope| match thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &work) {
        Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        Err(_) => work(),
    })
}

/// Works on every item, `jobs` at a time, and gives the results in the order of the items. `finished` is called after each item, on the
/// thread that worked on it.
pub fn each<T: Send, U: Send>(
    items: Vec<T>,
    jobs: Option<NonZeroUsize>,
    finished: &(dyn Fn() + Sync),
    work: impl Fn(T) -> U + Sync,
) -> Vec<U> {
    let processors = || thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let jobs = jobs.map_or_else(processors, NonZeroUsize::get).min(items.len());
    let queue = Mutex::new(items.into_iter().enumerate());
    let next = || queue.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next();
    let worker = || {
        let mut done = Vec::new();
        while let Some((index, item)) = next() {
            done.push((index, work(item)));
            finished();
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
            let results = each((0..40).collect(), jobs, &|| {}, uneven);
            assert_eq!(results, (0..40).map(|n| n * n).collect::<Vec<u64>>());
        }
        assert!(each(Vec::<u64>::new(), None, &|| {}, |n| n).is_empty());
    }
}
