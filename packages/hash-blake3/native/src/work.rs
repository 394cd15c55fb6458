//! Shares the files among threads: small ones are taken in turn, each by one thread; then the large ones, each by all threads.
use crate::algorithm::Algorithm;
use crate::file::{File, Stamp};
use crate::lanes::hash_lanes;
use crate::progress::Progress;
use crate::record::{Record, ABORTED, HEAD, LARGE};
use crate::strands::{finish, strands};
use crate::threads::Threads;
use crate::tree::{hash_tree, PIECE, WORTH_CUTTING};
use std::ffi::CStr;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::Mutex;

pub struct Work {
    /// Each ended by a NUL byte, one behind the other.
    pub paths: Vec<u8>,
    pub algorithms: Vec<Algorithm>,
    pub threads: Threads,
    /// Files of so many bytes or more are left to the caller, with their stamp.
    pub below: u64,
    pub progress: Progress,
}

impl Work {
    pub fn record_size(&self) -> usize {
        HEAD + self.algorithms.iter().map(|one| one.length()).sum::<usize>()
    }

    /// One record for each path, in their order.
    pub fn hash_all(&self) -> Vec<u8> {
        let paths = self.paths.split_inclusive(|byte| *byte == 0);
        let list: Vec<&CStr> = paths.filter_map(|path| CStr::from_bytes_with_nul(path).ok()).collect();
        let size = self.record_size();
        let records = Records { size, bytes: Mutex::new(vec![0u8; list.len() * size]) };
        let (next, cut) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        self.threads.at_most(list.len()).run(|| {
            let mut buffer = vec![0u8; PIECE];
            loop {
                let index = next.fetch_add(1, Relaxed);
                let Some(path) = list.get(index) else { return };
                match self.by_one_thread(path, &mut buffer) {
                    Some(record) => records.put(index, &record),
                    None => cut.lock().unwrap().push(index),
                }
            }
        });
        self.by_teams(cut.into_inner().unwrap(), |index, team| records.put(index, &self.by_team(list[index], team)));
        records.bytes.into_inner().unwrap()
    }

    /// More threads than lanes help no file that must be read in order: then several files are hashed at a time.
    /// Opened again rather than kept open: there may be more of them than a process may have descriptors.
    fn by_teams(&self, large: Vec<usize>, hash: impl Fn(usize, Threads) + Sync) {
        let useful = if self.algorithms == [Algorithm::Blake3] { self.threads.count } else { self.algorithms.len() };
        let teams = (self.threads.count / useful.max(1)).clamp(1, large.len().max(1));
        let team = Threads { count: (self.threads.count / teams).max(1), ..self.threads };
        if teams == 1 {
            return large.into_iter().for_each(|index| hash(index, team));
        }
        let next = AtomicUsize::new(0);
        Threads { count: teams, ..self.threads }.run(|| {
            while let Some(index) = large.get(next.fetch_add(1, Relaxed)) {
                hash(*index, team);
            }
        });
    }

    /// None for a file that is worth several threads.
    fn by_one_thread(&self, path: &CStr, buffer: &mut [u8]) -> Option<Record> {
        let (file, before) = match self.open(path) {
            Ok(opened) => opened,
            Err(failed) => return Some(failed),
        };
        if before.size >= self.below {
            return Some(Record::failed(LARGE, before));
        }
        if before.size >= WORTH_CUTTING {
            return None;
        }
        let digests = self.read_through(&file, before.size, buffer);
        Some(finished(&file, before, digests))
    }

    fn by_team(&self, path: &CStr, team: Threads) -> Record {
        let (file, before) = match self.open(path) {
            Ok(opened) => opened,
            Err(failed) => return failed,
        };
        // It may be another file by now, or a shorter one: a tree has two subtrees at least.
        let digests = if before.size < WORTH_CUTTING {
            self.read_through(&file, before.size, &mut vec![0u8; PIECE])
        } else if self.algorithms == [Algorithm::Blake3] {
            hash_tree(&file, before, team, &self.progress).map(|digest| digest.to_vec())
        } else {
            hash_lanes(&file, before, &self.algorithms, team, &self.progress)
        };
        finished(&file, before, digests)
    }

    fn open(&self, path: &CStr) -> Result<(File, Stamp), Record> {
        if self.progress.is_cancelled() {
            return Err(Record::failed(ABORTED, Stamp::default()));
        }
        let opened = File::open(path).and_then(|file| file.stamp().map(|stamp| (file, stamp)));
        opened.map_err(|error| Record::failed(error, Stamp::default()))
    }

    fn read_through(&self, file: &File, size: u64, buffer: &mut [u8]) -> Result<Vec<u8>, i32> {
        let mut strands = strands(&self.algorithms, size);
        let mut offset = 0;
        loop {
            let got = file.read_at(buffer, offset)?;
            strands.iter_mut().for_each(|one| one.state.update(&buffer[..got]));
            self.progress.add(got);
            offset += got as u64;
            if got < buffer.len() {
                return Ok(finish(strands, &self.algorithms));
            }
            if self.progress.is_cancelled() {
                return Err(ABORTED);
            }
        }
    }
}

struct Records {
    size: usize,
    bytes: Mutex<Vec<u8>>,
}

impl Records {
    fn put(&self, index: usize, record: &Record) {
        record.write(&mut self.bytes.lock().unwrap()[index * self.size..(index + 1) * self.size]);
    }
}

fn finished(file: &File, before: Stamp, digests: Result<Vec<u8>, i32>) -> Record {
    match (digests, file.stamp()) {
        (Ok(digests), Ok(after)) => Record { digests, error: 0, before, after },
        (Err(error), _) | (_, Err(error)) => Record::failed(error, before),
    }
}
