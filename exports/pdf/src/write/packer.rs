//! Streams made small while more of the file is made: a thread compresses them, and whoever waits for one helps. They are given
//! back in the order in which they were given, so the file is the same without the thread.

use std::collections::{BTreeMap, VecDeque};
use std::io::{Error, Result};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::Stream;

/// How many streams may wait to be packed: unpacked they are five times as large.
const WAITING: usize = 32;

/// Packs streams, on a thread of its own too where one can be had.
pub(crate) struct Packer {
    shared: Arc<Shared>,
    given: usize,
    taken: usize,
    /// For what is packed here.
    press: Press,
}

/// What the packer and its thread share.
#[derive(Default)]
struct Shared {
    streams: Mutex<Streams>,
    changed: Condvar,
}

#[derive(Default)]
struct Streams {
    /// What nobody has begun to pack, each with its number in the order in which they were given.
    waiting: VecDeque<(usize, Stream)>,
    packed: BTreeMap<usize, Result<Stream>>,
    /// How many the thread is at work on.
    busy: usize,
    /// Whether there is nobody to give it streams or to take what it packed.
    ended: bool,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Streams> {
        self.streams.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until something has changed.
    fn wait<'a>(&self, streams: MutexGuard<'a, Streams>) -> MutexGuard<'a, Streams> {
        self.changed.wait(streams).unwrap_or_else(PoisonError::into_inner)
    }
}

/// A stream that the thread is at work on: where that fails, whoever waits for it is told.
struct Task<'a> {
    shared: &'a Shared,
    number: usize,
    packed: Option<Result<Stream>>,
}

impl Drop for Task<'_> {
    fn drop(&mut self) {
        let missing = || Err(Error::other("the thread that packs streams ended"));
        let packed = self.packed.take().unwrap_or_else(missing);
        let mut streams = self.shared.lock();
        streams.busy -= 1;
        streams.packed.insert(self.number, packed);
        drop(streams);
        self.shared.changed.notify_all();
    }
}

/// Packs what is given until the packer is gone.
fn work(shared: &Shared) {
    let mut press = Press::default();
    let mut streams = shared.lock();
    while !streams.ended {
        let Some((number, stream)) = streams.waiting.pop_front() else {
            streams = shared.wait(streams);
            continue;
        };
        streams.busy += 1;
        drop(streams);
        let mut task = Task { shared, number, packed: None };
        task.packed = Some(press.pack(stream));
        drop(task);
        streams = shared.lock();
    }
}

impl Packer {
    pub(crate) fn new() -> Self {
        let shared = Arc::new(Shared::default());
        if thread::available_parallelism().is_ok_and(|count| count.get() > 1) {
            let shared = Arc::clone(&shared);
            // Without it, all is packed here.
            let _ = thread::Builder::new().name("pack".into()).spawn(move || work(&shared));
        }
        Packer { shared, given: 0, taken: 0, press: Press::default() }
    }

    /// Packs a stream.
    pub(crate) fn give(&mut self, stream: Stream) {
        let mut streams = self.shared.lock();
        streams.waiting.push_back((self.given, stream));
        self.given += 1;
        let full = streams.waiting.len() > WAITING;
        let first = if full { streams.waiting.pop_front() } else { None };
        drop(streams);
        self.shared.changed.notify_one();
        if let Some((number, stream)) = first {
            let packed = self.press.pack(stream);
            self.shared.lock().packed.insert(number, packed);
        }
    }

    /// Bytes as zlib compresses them (RFC 1950), compressed here.
    ///
    /// # Errors
    /// Where they can't be compressed.
    pub(crate) fn deflated(&mut self, content: &[u8]) -> Result<Vec<u8>> {
        self.press.deflated(content)
    }

    /// The first of the streams given that was not taken yet, packed.
    ///
    /// # Errors
    /// Where it can't be packed, or none was given.
    pub(crate) fn take(&mut self) -> Result<Stream> {
        let number = self.taken;
        self.taken += 1;
        let mut streams = self.shared.lock();
        loop {
            if let Some(packed) = streams.packed.remove(&number) {
                return packed;
            }
            if let Some((number, stream)) = streams.waiting.pop_front() {
                drop(streams);
                let packed = self.press.pack(stream);
                streams = self.shared.lock();
                streams.packed.insert(number, packed);
            } else if streams.busy == 0 {
                return Err(Error::other("a stream was not packed"));
            } else {
                streams = self.shared.wait(streams);
            }
        }
    }
}

impl Drop for Packer {
    fn drop(&mut self) {
        self.shared.lock().ended = true;
        self.shared.changed.notify_all();
    }
}

/// Bytes as zlib compresses them, to the same that a [`Packer`] makes of them.
///
/// # Errors
/// Where they can't be compressed.
pub(crate) fn deflated(content: &[u8]) -> Result<Vec<u8>> {
    Press::default().deflated(content)
}

/// Compresses one stream after another, in memory that is set up once: that takes as long as packing a page.
#[derive(Default)]
struct Press(Option<Compress>);

impl Press {
    /// Compresses a stream where it is smaller for it and may be.
    fn pack(&mut self, mut stream: Stream) -> Result<Stream> {
        if stream.allows_compression && !stream.dict.has(b"Filter") {
            let packed = self.deflated(&stream.content)?;
            if packed.len() < stream.content.len() {
                stream.content = packed;
                stream.dict.set("Filter", "FlateDecode");
            }
        }
        Ok(stream)
    }

    fn deflated(&mut self, content: &[u8]) -> Result<Vec<u8>> {
        let compress = self.0.get_or_insert_with(|| Compress::new(Compression::new(7), true));
        compress.reset();
        let mut out = Vec::with_capacity(content.len() / 3 + 64);
        loop {
            let rest = usize::try_from(compress.total_in()).ok().and_then(|done| content.get(done..));
            let status = compress.compress_vec(rest.unwrap_or_default(), &mut out, FlushCompress::Finish)?;
            if status == Status::StreamEnd {
                return Ok(out);
            }
            out.reserve(content.len() / 3 + 64);
        }
    }
}

#[cfg(test)]
mod tests {
    use lopdf::{Dictionary, Stream};

    use super::{Packer, Press, Shared};

    #[test]
    fn streams_come_back_packed_in_the_order_in_which_they_were_given() {
        let alone = Packer { shared: Shared::default().into(), given: 0, taken: 0, press: Press::default() };
        for mut packer in [Packer::new(), alone] {
            for n in 0..100u8 {
                packer.give(Stream::new(Dictionary::new(), vec![n; 4000]));
            }
            for n in 0..100u8 {
                let stream = packer.take().unwrap();
                assert!(stream.content.len() < 100);
                assert_eq!(stream.decompressed_content().unwrap(), vec![n; 4000]);
            }
            assert!(packer.take().is_err());
        }
    }

    #[test]
    fn a_press_leaves_nothing_of_one_stream_in_the_next() {
        let noise: Vec<u8> = (0..70_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let mut press = Press::default();
        for content in [&noise[..], b"", &noise[..9], &[b'x'; 200_000], &noise[..]] {
            let packed = press.deflated(content).unwrap();
            assert_eq!(packed, Press::default().deflated(content).unwrap());
            let mut read = Vec::new();
            std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(&packed[..]), &mut read).unwrap();
            assert_eq!(read, content);
        }
    }
}
