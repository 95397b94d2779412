//! Work done without the interpreter, which Ctrl-C can end and whose panics become exceptions.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use pyo3::intern;
use pyo3::prelude::*;

use crate::problem;

/// How long Python's signal handlers may wait for their turn.
const TICK: Duration = Duration::from_millis(40);

thread_local! {
    /// Where the last panic of the thread happened, while it is at work here.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Notes where a panic happened instead of printing it: it is told in the exception.
pub(crate) fn note_panics() {
    // The hook belongs to this module's own copy of Rust's library, not to the process.
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string);
        PLACE.with_borrow_mut(|noted| *noted = place);
    }));
}

/// A panic, as what it says and where it happened.
struct Panic(String);

fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let said = payload.downcast_ref::<&str>().map(|said| (*said).to_owned());
        let said = said.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
        let place = PLACE.with_borrow_mut(Option::take).unwrap_or_default();
        Panic(format!("{said} (at {place})"))
    })
}

/// Does work that needs the interpreter; a panic becomes `patra.InternalError`.
pub(crate) fn attached<T>(py: Python<'_>, work: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    caught(work).unwrap_or_else(|panic| Err(problem::internal_error(py, &panic.0)))
}

/// Does short work without the interpreter; a panic becomes `patra.InternalError`.
pub(crate) fn detached<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    py.detach(|| caught(work)).map_err(|panic| problem::internal_error(py, &panic.0))
}

/// Does work that may take long without the interpreter, on a thread of its own that ends with it: no pool is left
/// behind for a forked child to wait on. Meanwhile Python's signal handlers get their turn; where one raises, as Ctrl-C
/// does, its exception comes back at once and what the work makes is thrown away.
pub(crate) fn interruptible<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> T + Send + 'static,
) -> PyResult<T> {
    // Only the main thread is ever given a signal, so that any other can do the work itself.
    if !on_main_thread(py)? {
        return detached(py, work);
    }
    let (sender, mut receiver) = sync_channel(1);
    // A thread's usual stack is smaller than the main thread's, for which the crates' limits of depth are made.
    let worker = thread::Builder::new().name("patra".to_owned()).stack_size(8 << 20);
    worker.spawn(move || sender.send(caught(work)))?;
    loop {
        match py.detach(|| wait(&mut receiver)) {
            Ok(done) => return done.map_err(|panic| problem::internal_error(py, &panic.0)),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => return Err(problem::internal_error(py, "the work was lost")),
        }
    }
}

/// By exclusive reference, which may cross into detached code where a shared one may not.
fn wait<T>(receiver: &mut Receiver<T>) -> Result<T, RecvTimeoutError> {
    receiver.recv_timeout(TICK)
}

fn on_main_thread(py: Python<'_>) -> PyResult<bool> {
    let threading = py.import(intern!(py, "threading"))?;
    let here = threading.call_method0(intern!(py, "get_ident"))?;
    let main = threading.call_method0(intern!(py, "main_thread"))?;
    here.eq(main.getattr(intern!(py, "ident"))?)
}
