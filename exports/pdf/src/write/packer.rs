//! Streams made small while more of the file is made: a thread compresses them, and gives them back in the order in which they
//! were given, so the file is the same without it.

use std::collections::VecDeque;
use std::io::{Error, Result};
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread;

use lopdf::Stream;

use super::file::pack;

/// How many streams may wait to be packed: unpacked they are five times as large.
const WAITING: usize = 32;

/// Packs streams, on a thread of its own where one can be had.
pub(crate) struct Packer {
    worker: Option<Worker>,
    /// What was packed here, without a thread.
    packed: VecDeque<Stream>,
}

struct Worker {
    given: SyncSender<Stream>,
    packed: Receiver<Result<Stream>>,
}

impl Worker {
    /// A thread that ends when there is nobody to give it streams or to take what it packed.
    fn begin() -> Result<Self> {
        let (given, waiting) = sync_channel::<Stream>(WAITING);
        let (done, packed) = channel();
        thread::Builder::new().name("pack".into()).spawn(move || {
            for mut stream in waiting {
                if done.send(pack(&mut stream).map(|()| stream)).is_err() {
                    break;
                }
            }
        })?;
        Ok(Worker { given, packed })
    }
}

impl Packer {
    pub(crate) fn new() -> Self {
        let alone = thread::available_parallelism().is_ok_and(|count| count.get() == 1);
        Packer { worker: if alone { None } else { Worker::begin().ok() }, packed: VecDeque::new() }
    }

    /// Packs a stream.
    ///
    /// # Errors
    /// Where it can't be packed; with a thread, [`take`](Self::take) says so.
    pub(crate) fn give(&mut self, mut stream: Stream) -> Result<()> {
        match &self.worker {
            Some(worker) => worker.given.send(stream).map_err(|_| Error::other("the thread that packs streams ended")),
            None => {
                pack(&mut stream)?;
                self.packed.push_back(stream);
                Ok(())
            }
        }
    }

    /// The first of the streams given that was not taken yet, packed.
    ///
    /// # Errors
    /// Where it can't be packed, or none was given.
    pub(crate) fn take(&mut self) -> Result<Stream> {
        let missing = || Error::other("a stream was not packed");
        match &self.worker {
            Some(worker) => worker.packed.recv().map_err(|_| missing())?,
            None => self.packed.pop_front().ok_or_else(missing),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use lopdf::{Dictionary, Stream};

    use super::Packer;

    #[test]
    fn streams_come_back_packed_in_the_order_in_which_they_were_given() {
        let alone = Packer { worker: None, packed: VecDeque::new() };
        for mut packer in [Packer::new(), alone] {
            for n in 0..100u8 {
                packer.give(Stream::new(Dictionary::new(), vec![n; 4000])).unwrap();
            }
            for n in 0..100u8 {
                let stream = packer.take().unwrap();
                assert!(stream.content.len() < 100);
                assert_eq!(stream.decompressed_content().unwrap(), vec![n; 4000]);
            }
        }
    }
}
