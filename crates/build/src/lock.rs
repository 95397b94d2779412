//! Locks: what earlier builds of the decks handed out, kept in `patra.lock` beside the sources.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use patra_anki::Lock;
use patra_core::{Material, phrase};
use patra_source::read_file;

use crate::deliver::{Delivery, sweep};
use crate::exit::Exit;
use crate::input::{Failure, Verb};

/// The name of the file.
const NAME: &str = "patra.lock";

/// The name of the file as it was before the last build that changed it.
const BEFORE: &str = "patra.lock.bak";

/// The locks of the folders that the sources stand in.
#[derive(Debug)]
pub struct Locks {
    /// By the folders, each as it is found once links are followed.
    kept: BTreeMap<PathBuf, Kept>,
    /// When this build began, in seconds since 1970.
    now: i64,
}

#[derive(Debug)]
struct Kept {
    /// What the file says; `None` where there is none yet.
    before: Option<Lock>,
    /// Whether the file says it as a lock is written, and not as a merge left it.
    tidy: bool,
    after: Lock,
    /// The file, as the user would call it.
    path: PathBuf,
}

/// What a deck is made with.
#[derive(Clone, Debug, Default)]
pub struct Locked {
    /// The part of the folder's lock for the material.
    pub lock: Option<Lock>,
    /// The deck of an earlier build, where its lock is lost.
    pub earlier: Option<Vec<u8>>,
    /// The time of the build; `None` stands for the material's day.
    pub now: Option<i64>,
}

impl Locks {
    /// Reads the lock of each folder.
    pub fn read<'a>(folders: impl Iterator<Item = &'a Path>) -> Result<Self, Vec<Failure>> {
        // A clock before 1970 makes notes no newer than they were, and the lock then counts on from there.
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
        let mut locks = Locks { kept: BTreeMap::new(), now: i64::try_from(now).unwrap_or(0) };
        let mut failures = Vec::new();
        for folder in folders {
            let key = key(folder);
            if locks.kept.contains_key(&key) {
                continue;
            }
            let path = folder.join(NAME);
            match read(&path) {
                Ok(found) => {
                    let tidy = found.as_ref().is_none_or(|(lock, text)| lock.to_string() == text.replace('\r', ""));
                    let before = found.map(|(lock, _)| lock);
                    let after = before.clone().unwrap_or_default();
                    locks.kept.insert(key, Kept { before, tidy, after, path });
                }
                Err(failure) => failures.push(failure),
            }
        }
        if failures.is_empty() { Ok(locks) } else { Err(failures) }
    }

    /// What to make the deck of a material with whose source is in `folder`. A first build has no lock to go by: its notes
    /// are as new as the material's `updated` day, so that it is the same whenever it is made. Where the lock says nothing of
    /// a material whose deck is there, in `made`, it was lost, and that deck says what learners have.
    pub fn of(&self, folder: Option<&Path>, material: &Material, made: Option<&Path>) -> Locked {
        let Some(kept) = folder.and_then(|folder| self.kept.get(&key(folder))) else { return Locked::default() };
        let lock = kept.before.as_ref();
        let lost = !lock.is_some_and(|lock| lock.knows(material));
        // A deck that can't be read tells nothing; whether it can be written is seen when it is.
        let earlier = made.filter(|_| lost).and_then(|made| read_file(made).ok());
        let now = (lock.is_some() || earlier.is_some()).then_some(self.now);
        Locked { lock: lock.map(|lock| lock.part(material)), earlier, now }
    }

    /// Takes over what a deck handed out.
    pub fn take(&mut self, folder: Option<&Path>, lock: &Lock, material: &Material) {
        if let Some(kept) = folder.and_then(|folder| self.kept.get_mut(&key(folder))) {
            kept.after.take(lock, material);
        }
    }

    /// Writes the locks that changed, and those that a merge left out of order, before the decks that go by them: no number that a
    /// learner has may be given out again. A folder in which no lock was ever kept and none can be, such as one on a disk that can't
    /// be written, gives back its lock's path.
    pub fn keep(&self) -> Result<Vec<&Path>, Failure> {
        let mut delivery = Delivery::durable();
        let mut unkept = Vec::new();
        for kept in self.kept.values() {
            if kept.after.is_empty() || kept.tidy && kept.before.as_ref() == Some(&kept.after) {
                continue;
            }
            kept.path.parent().into_iter().for_each(sweep);
            match delivery.prepare(kept.path.clone(), kept.after.to_string().as_bytes()) {
                Ok(()) if kept.before.is_some() => {
                    let failed = |error: io::Error| Failure::file(Verb::Read, &kept.path, &error);
                    let before = fs::File::open(&kept.path).map_err(failed)?;
                    delivery.prepare(kept.path.with_file_name(BEFORE), before)?;
                }
                Ok(()) => {}
                Err(_) if kept.before.is_none() => unkept.push(kept.path.as_path()),
                Err(failure) => return Err(failure),
            }
        }
        delivery.commit().map(|()| unkept)
    }
}

fn key(folder: &Path) -> PathBuf {
    fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned())
}

/// The lock in a file, with its text.
fn read(path: &Path) -> Result<Option<(Lock, String)>, Failure> {
    let bytes = match read_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        bytes => bytes.map_err(|error| Failure::file(Verb::Read, path, &error))?,
    };
    let text = String::from_utf8(bytes)
        .map_err(|error| Failure::file(Verb::Read, path, &io::Error::new(io::ErrorKind::InvalidData, error)))?;
    let unreadable = |why: String| Failure {
        message: phrase!("the lock `{$path}` can't be read: {$error}", path = path.display().to_string(), error = why),
        hint: Some(phrase!(
            "bring back the file as it was, from `patra.lock.bak`, a backup or git: learners' progress depends on it; after a merge by hand, write `# end merged` in place of its last line"
        )),
        exit: Exit::Material,
    };
    if text.trim().is_empty() {
        return Err(unreadable("it is empty".to_owned()));
    }
    let lock = Lock::parse(&text).map_err(|error| unreadable(error.to_string()))?;
    Ok(Some((lock, text)))
}
