//! Shares the files among threads: small ones are taken in turn, each by one thread; then the large ones, each by all threads.
use crate::file::{File, Stamp};
use crate::progress::Progress;
use crate::record::{Record, ABORTED, LARGE, SIZE};
use crate::threads::Threads;
use crate::tree::{hash_tree, PIECE, WORTH_CUTTING};
use blake3::Hasher;
use std::ffi::CStr;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::Mutex;

pub struct Work {
    /// Each ended by a NUL byte, one behind the other.
    pub paths: Vec<u8>,
    pub threads: Threads,
    /// Files of so many bytes or more are left to the caller, with their stamp.
    pub below: u64,
    pub progress: Progress,
}

impl Work {
    /// One record for each path, in their order.
    pub fn hash_all(&self) -> Vec<u8> {
        let paths = self.paths.split_inclusive(|byte| *byte == 0);
        let list: Vec<&CStr> = paths.filter_map(|path| CStr::from_bytes_with_nul(path).ok()).collect();
        let records = Records { bytes: Mutex::new(vec![0u8; list.len() * SIZE]) };
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
        // Opened again rather than kept open: there may be more of them than a process may have descriptors.
        for index in cut.into_inner().unwrap() {
            records.put(index, &self.by_all_threads(list[index]));
        }
        records.bytes.into_inner().unwrap()
    }

    /// None for a file that is worth all threads.
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
        let digest = self.read_through(&file, buffer);
        Some(finished(&file, before, digest))
    }

    fn by_all_threads(&self, path: &CStr) -> Record {
        let (file, before) = match self.open(path) {
            Ok(opened) => opened,
            Err(failed) => return failed,
        };
        // It may be another file by now, or a shorter one: a tree has two subtrees at least.
        let digest = if before.size >= WORTH_CUTTING {
            hash_tree(&file, before, self.threads, &self.progress)
        } else {
            self.read_through(&file, &mut vec![0u8; PIECE])
        };
        finished(&file, before, digest)
    }

    fn open(&self, path: &CStr) -> Result<(File, Stamp), Record> {
        if self.progress.is_cancelled() {
            return Err(Record::failed(ABORTED, Stamp::default()));
        }
        let opened = File::open(path).and_then(|file| file.stamp().map(|stamp| (file, stamp)));
        opened.map_err(|error| Record::failed(error, Stamp::default()))
    }

    fn read_through(&self, file: &File, buffer: &mut [u8]) -> Result<[u8; 32], i32> {
        let mut hasher = Hasher::new();
        let mut offset = 0;
        loop {
            let got = file.read_at(buffer, offset)?;
            hasher.update(&buffer[..got]);
            self.progress.add(got);
            offset += got as u64;
            if got < buffer.len() {
                return Ok(*hasher.finalize().as_bytes());
            }
            if self.progress.is_cancelled() {
                return Err(ABORTED);
            }
        }
    }
}

struct Records {
    bytes: Mutex<Vec<u8>>,
}

impl Records {
    fn put(&self, index: usize, record: &Record) {
        record.write(&mut self.bytes.lock().unwrap()[index * SIZE..(index + 1) * SIZE]);
    }
}

fn finished(file: &File, before: Stamp, digest: Result<[u8; 32], i32>) -> Record {
    match (digest, file.stamp()) {
        (Ok(digest), Ok(after)) => Record { digest, error: 0, before, after },
        (Err(error), _) | (_, Err(error)) => Record::failed(error, before),
    }
}
