//! Streams made small while more of the file is made: a second thread writes pages' operators and compresses streams, a third
//! of the work of a paper, and gives them back in the order in which they were given, so the file is the same without it.

use std::collections::VecDeque;
use std::io::{Error, Result};
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread;

use lopdf::Stream;
use printpdf::Op;

use super::content::content;
use super::file::pack;

/// How many loads may wait. Operators take thirty times as much memory as what is made of them.
const WAITING: usize = 2;

/// What is to be packed.
enum Load {
    /// The operators of a page, and its width and height in points.
    Page(Vec<Op>, (f32, f32)),
    Stream(Stream),
}

/// Packs streams, on a thread of its own where one can be had.
pub(crate) struct Packer {
    worker: Option<Worker>,
    /// What was packed here, without a thread.
    packed: VecDeque<Stream>,
}

struct Worker {
    loads: SyncSender<Load>,
    packed: Receiver<Result<Stream>>,
}

impl Load {
    fn pack(self) -> Result<Stream> {
        match self {
            Load::Page(ops, sheet) => content(ops, sheet),
            Load::Stream(mut stream) => {
                pack(&mut stream)?;
                Ok(stream)
            }
        }
    }
}

impl Worker {
    /// A thread that ends when there is nobody to give it loads or to take what it packed.
    fn begin() -> Result<Self> {
        let (loads, waiting) = sync_channel::<Load>(WAITING);
        let (done, packed) = channel();
        thread::Builder::new().name("pack".into()).spawn(move || {
            for load in waiting {
                if done.send(load.pack()).is_err() {
                    break;
                }
            }
        })?;
        Ok(Worker { loads, packed })
    }
}

impl Packer {
    pub(crate) fn new() -> Self {
        let alone = thread::available_parallelism().is_ok_and(|count| count.get() == 1);
        Packer { worker: if alone { None } else { Worker::begin().ok() }, packed: VecDeque::new() }
    }

    /// Packs the content stream of a page's operators, on a sheet of such a width and height in points.
    ///
    /// # Errors
    /// Where it can't be packed; with a thread, [`take`](Self::take) says so.
    pub(crate) fn page(&mut self, ops: Vec<Op>, sheet: (f32, f32)) -> Result<()> {
        self.give(Load::Page(ops, sheet))
    }

    /// Packs a stream.
    ///
    /// # Errors
    /// As [`page`](Self::page).
    pub(crate) fn stream(&mut self, stream: Stream) -> Result<()> {
        self.give(Load::Stream(stream))
    }

    /// The first of the streams given that was not taken yet, packed.
    ///
    /// # Errors
    /// Where it can't be packed, or none was given.
    pub(crate) fn take(&mut self) -> Result<Stream> {
        let missing = || Error::other("a stream was not packed");
        match &self.worker {
            None => self.packed.pop_front().ok_or_else(missing),
            Some(worker) => worker.packed.recv().map_err(|_| missing())?,
        }
    }

    fn give(&mut self, load: Load) -> Result<()> {
        match &self.worker {
            None => self.packed.push_back(load.pack()?),
            Some(worker) => worker.loads.send(load).map_err(|_| Error::other("the thread that packs streams ended"))?,
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use lopdf::{Dictionary, Stream};

    use super::Packer;

    /// With a thread and without one.
    #[test]
    fn streams_come_back_packed_in_the_order_in_which_they_were_given() {
        let alone = Packer { worker: None, packed: std::collections::VecDeque::new() };
        let made = [Packer::new(), alone].map(|mut packer| {
            for n in 0..50u8 {
                packer.page(Vec::new(), (100.0, 100.0)).unwrap();
                packer.stream(Stream::new(Dictionary::new(), vec![n; 4000])).unwrap();
            }
            let mut taken: Vec<Stream> = (0..100).map(|_| packer.take().unwrap()).collect();
            for (n, stream) in (0..50u8).zip(taken.iter().skip(1).step_by(2)) {
                assert!(stream.content.len() < 100);
                assert_eq!(stream.decompressed_content().unwrap(), vec![n; 4000]);
            }
            taken.drain(..).map(|stream| stream.content).collect::<Vec<_>>()
        });
        assert_eq!(made[0], made[1]);
    }
}
