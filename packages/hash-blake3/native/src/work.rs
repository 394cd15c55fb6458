//! Shares the files among threads: small ones are taken in turn, a large one is cut into subtrees of BLAKE3's tree that all threads hash together.
use crate::file::{File, Stamp};
use crate::record::{Record, ABORTED, SIZE};
use blake3::hazmat::{merge_subtrees_non_root, merge_subtrees_root, ChainingValue, HasherExt, Mode};
use blake3::Hasher;
use std::ffi::CStr;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::Mutex;

/// Bytes read at once: the copy out of the page cache stays in the core's own cache until it is hashed.
const PIECE: usize = 256 << 10;
/// Bytes of one subtree. A power of two.
const SUBTREE: u64 = 4 << 20;
/// A file of fewer bytes is hashed by one thread.
const LARGE: u64 = 2 * SUBTREE;

#[derive(Default)]
pub struct Progress {
    bytes: AtomicU64,
    cancelled: AtomicBool,
}

impl Progress {
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Relaxed)
    }
    pub fn cancel(&self) {
        self.cancelled.store(true, Relaxed);
    }
    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Relaxed)
    }
    fn add(&self, bytes: usize) {
        self.bytes.fetch_add(bytes as u64, Relaxed);
    }
}

/// `paths`: NUL-terminated, one behind the other. Returns a record for each.
pub fn hash_all(paths: &[u8], threads: usize, progress: &Progress) -> Vec<u8> {
    let list: Vec<&CStr> = paths.split_inclusive(|byte| *byte == 0).filter_map(|p| CStr::from_bytes_with_nul(p).ok()).collect();
    let records = Mutex::new(vec![0u8; list.len() * SIZE]);
    let large = Mutex::new(Vec::new());
    let next = AtomicUsize::new(0);
    let workers = threads.min(list.len()).max(1);
    in_parallel(workers, || small_files(&list, &next, progress, &records, &large));
    let mut large = large.into_inner().unwrap();
    large.sort_by_key(|(index, _, _): &(usize, File, Stamp)| *index);
    for (index, file, before) in large {
        let record = hash_large(&file, before, threads, progress);
        put(&records, index, &record);
    }
    records.into_inner().unwrap()
}

fn in_parallel(threads: usize, work: impl Fn() + Sync) {
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(&work);
        }
        work();
    });
}

fn put(records: &Mutex<Vec<u8>>, index: usize, record: &Record) {
    record.write(&mut records.lock().unwrap()[index * SIZE..(index + 1) * SIZE]);
}

fn small_files(list: &[&CStr], next: &AtomicUsize, progress: &Progress, records: &Mutex<Vec<u8>>, large: &Mutex<Vec<(usize, File, Stamp)>>) {
    let mut buffer = vec![0u8; PIECE];
    loop {
        let index = next.fetch_add(1, Relaxed);
        if index >= list.len() {
            return;
        }
        let record = if progress.is_cancelled() { Record::failed(ABORTED, Stamp::default()) } else {
            match open_stamped(list[index]) {
                Err(error) => Record::failed(error, Stamp::default()),
                Ok((file, before)) if before.size >= LARGE => {
                    large.lock().unwrap().push((index, file, before));
                    continue;
                }
                Ok((file, before)) => hash_small(&file, before, &mut buffer, progress),
            }
        };
        put(records, index, &record);
    }
}

fn open_stamped(path: &CStr) -> Result<(File, Stamp), i32> {
    let file = File::open(path)?;
    let before = file.stamp()?;
    Ok((file, before))
}

fn finished(file: &File, before: Stamp, digest: Result<[u8; 32], i32>) -> Record {
    match (digest, file.stamp()) {
        (Ok(digest), Ok(after)) => Record { digest, error: 0, before, after },
        (Err(error), _) | (_, Err(error)) => Record::failed(error, before),
    }
}

fn hash_small(file: &File, before: Stamp, buffer: &mut [u8], progress: &Progress) -> Record {
    let mut hasher = Hasher::new();
    let mut offset = 0;
    let digest = loop {
        match file.read_at(buffer, offset) {
            Err(error) => break Err(error),
            Ok(got) => {
                hasher.update(&buffer[..got]);
                progress.add(got);
                offset += got as u64;
                if got < buffer.len() {
                    break Ok(*hasher.finalize().as_bytes());
                }
                if progress.is_cancelled() {
                    break Err(ABORTED);
                }
            }
        }
    };
    finished(file, before, digest)
}

/// The size is that of the stamp: a file that grows or shrinks meanwhile has another stamp behind, and is hashed anew by the caller.
fn hash_large(file: &File, before: Stamp, threads: usize, progress: &Progress) -> Record {
    let count = before.size.div_ceil(SUBTREE) as usize;
    let values: Mutex<Vec<ChainingValue>> = Mutex::new(vec![[0; 32]; count]);
    let (next, failure) = (AtomicUsize::new(0), AtomicI32::new(0));
    in_parallel(threads.min(count), || {
        let mut buffer = vec![0u8; PIECE];
        loop {
            let index = next.fetch_add(1, Relaxed);
            if index >= count || failure.load(Relaxed) != 0 {
                return;
            }
            match subtree(file, index as u64 * SUBTREE, before.size, &mut buffer, progress) {
                Ok(value) => values.lock().unwrap()[index] = value,
                Err(error) => failure.store(error, Relaxed),
            }
        }
    });
    let digest = match failure.load(Relaxed) {
        0 => Ok(root(&values.into_inner().unwrap())),
        error => Err(error),
    };
    finished(file, before, digest)
}

fn subtree(file: &File, start: u64, size: u64, buffer: &mut [u8], progress: &Progress) -> Result<ChainingValue, i32> {
    let end = size.min(start + SUBTREE);
    let mut hasher = Hasher::new();
    hasher.set_input_offset(start);
    let mut at = start;
    while at < end {
        if progress.is_cancelled() {
            return Err(ABORTED);
        }
        let wanted = buffer.len().min((end - at) as usize);
        let got = file.read_at(&mut buffer[..wanted], at)?;
        if got < wanted {
            return Err(libc::ESTALE);
        }
        hasher.update(&buffer[..got]);
        progress.add(got);
        at += got as u64;
    }
    Ok(hasher.finalize_non_root())
}

/// The left subtree of a node holds the largest power of two of subtrees that is smaller than all (BLAKE3 specification, 2.1).
fn split(count: usize) -> usize {
    count.next_power_of_two() / 2
}

fn join(values: &[ChainingValue]) -> ChainingValue {
    if values.len() == 1 {
        return values[0];
    }
    let (left, right) = values.split_at(split(values.len()));
    merge_subtrees_non_root(&join(left), &join(right), Mode::Hash)
}

fn root(values: &[ChainingValue]) -> [u8; 32] {
    let (left, right) = values.split_at(split(values.len()));
    *merge_subtrees_root(&join(left), &join(right), Mode::Hash).as_bytes()
}
