//! Work on several sheets at a time.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::Sheet;

/// Fewer rows are done before threads have begun.
const WORTH_IT: usize = 20_000;

/// What comes of each sheet, in their order, whichever is done first.
pub(crate) fn each<'a, T: Send>(sheets: &[Sheet<'a>], work: impl Fn(&Sheet<'a>) -> T + Sync) -> Vec<T> {
    let rows: usize = sheets.iter().map(|sheet| sheet.rows.len()).sum();
    let threads = thread::available_parallelism().map_or(1, usize::from).min(sheets.len());
    if rows < WORTH_IT || threads < 2 {
        return sheets.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(sheets.len()));
    let run = || {
        while let index = next.fetch_add(1, Ordering::Relaxed)
            && let Some(sheet) = sheets.get(index)
        {
            let made = work(sheet);
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((index, made));
        }
    };
    thread::scope(|scope| {
        // A thread that can't be had leaves its share to the others.
        let others: Vec<_> = (1..threads).map_while(|_| thread::Builder::new().spawn_scoped(scope, run).ok()).collect();
        run();
        for other in others {
            if let Err(panic) = other.join() {
                std::panic::resume_unwind(panic);
            }
        }
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Row, SheetName, Value};

    #[test]
    fn the_order_is_that_of_the_sheets() {
        let row = || Row { cells: vec![Value::Missing], span: patra_core::Span::NONE };
        let sheet = |name: &SheetName| Sheet { name: *name, rows: (0..2_000).map(|_| row()).collect() };
        let sheets: Vec<Sheet<'_>> = SheetName::ALL.iter().map(sheet).collect();
        assert!(sheets.iter().map(|sheet| sheet.rows.len()).sum::<usize>() > WORTH_IT);
        assert_eq!(each(&sheets, |sheet| sheet.name), SheetName::ALL);
    }
}
