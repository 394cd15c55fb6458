//! One large file by several threads: it is cut into subtrees of BLAKE3's tree, whose chaining values are then merged.
use crate::file::{File, Stamp};
use crate::progress::Progress;
use crate::record::{ABORTED, UNSTABLE};
use crate::threads::Threads;
use blake3::hazmat::{merge_subtrees_non_root, merge_subtrees_root, ChainingValue, HasherExt, Mode};
use blake3::Hasher;
use std::sync::atomic::{AtomicI32, AtomicUsize, Ordering::Relaxed};
use std::sync::Mutex;

/// Bytes read at once: the copy out of the page cache stays in the core's own cache until it is hashed.
pub const PIECE: usize = 256 << 10;
/// Bytes of one subtree. A power of two.
const SUBTREE: u64 = 4 << 20;
/// A file of fewer bytes is hashed by one thread.
pub const WORTH_CUTTING: u64 = 2 * SUBTREE;

static ZEROS: [u8; PIECE] = [0; PIECE];

/// The size is that of the stamp: a file that grows meanwhile has another stamp behind, and is hashed anew by the caller.
pub fn hash_tree(file: &File, stamp: Stamp, threads: Threads, progress: &Progress) -> Result<[u8; 32], i32> {
    let count = stamp.size.div_ceil(SUBTREE) as usize;
    let values: Mutex<Vec<ChainingValue>> = Mutex::new(vec![[0; 32]; count]);
    let (next, failure) = (AtomicUsize::new(0), AtomicI32::new(0));
    let source = Source { file, size: stamp.size, holes: stamp.sparse && file.tells_holes(), progress };
    threads.at_most(count).run(|| {
        let mut buffer = vec![0u8; PIECE];
        loop {
            let index = next.fetch_add(1, Relaxed);
            if index >= count || failure.load(Relaxed) != 0 {
                return;
            }
            match source.subtree(index as u64 * SUBTREE, &mut buffer) {
                Ok(value) => values.lock().unwrap()[index] = value,
                Err(error) => failure.store(error, Relaxed),
            }
        }
    });
    match failure.load(Relaxed) {
        0 => Ok(root(&values.into_inner().unwrap())),
        error => Err(error),
    }
}

struct Source<'a> {
    file: &'a File,
    size: u64,
    holes: bool,
    progress: &'a Progress,
}

impl Source<'_> {
    fn subtree(&self, start: u64, buffer: &mut [u8]) -> Result<ChainingValue, i32> {
        let end = self.size.min(start + SUBTREE);
        let mut hasher = Hasher::new();
        hasher.set_input_offset(start);
        let mut at = start;
        while at < end {
            if self.progress.is_cancelled() {
                return Err(ABORTED);
            }
            let length = buffer.len().min((end - at) as usize);
            hasher.update(self.piece(at, &mut buffer[..length])?);
            self.progress.add(length);
            at += length as u64;
        }
        Ok(hasher.finalize_non_root())
    }

    fn piece<'b>(&self, at: u64, into: &'b mut [u8]) -> Result<&'b [u8], i32> {
        if self.holes && self.file.is_hole(at, into.len() as u64) {
            return Ok(&ZEROS[..into.len()]);
        }
        if self.file.read_at(into, at)? < into.len() {
            return Err(UNSTABLE);
        }
        Ok(into)
    }
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

/// Of two subtrees or more: one alone would be its own root.
fn root(values: &[ChainingValue]) -> [u8; 32] {
    let (left, right) = values.split_at(split(values.len()));
    *merge_subtrees_root(&join(left), &join(right), Mode::Hash).as_bytes()
}
