//! BLAKE3 of one large file by several threads: it is cut into subtrees, whose chaining values are then merged.
use crate::file::{File, Stamp};
use crate::progress::Progress;
use crate::source::Source;
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

/// The chaining values of subtrees of one size, in their order; the last may be shorter. Two at least: one alone would be its own root.
pub struct Tree {
    values: Mutex<Vec<ChainingValue>>,
}

impl Tree {
    pub fn new(count: usize) -> Self {
        Tree { values: Mutex::new(vec![[0; 32]; count]) }
    }

    pub fn put(&self, index: usize, start: u64, bytes: &[u8]) {
        let mut hasher = Hasher::new();
        hasher.set_input_offset(start).update(bytes);
        self.set(index, hasher.finalize_non_root());
    }

    fn set(&self, index: usize, value: ChainingValue) {
        self.values.lock().unwrap()[index] = value;
    }

    pub fn root(self) -> [u8; 32] {
        let values = self.values.into_inner().unwrap();
        let (left, right) = values.split_at(split(values.len()));
        *merge_subtrees_root(&join(left), &join(right), Mode::Hash).as_bytes()
    }
}

pub fn hash_tree(file: &File, stamp: Stamp, threads: Threads, progress: &Progress) -> Result<[u8; 32], i32> {
    let count = stamp.size.div_ceil(SUBTREE) as usize;
    let tree = Tree::new(count);
    let (next, failure) = (AtomicUsize::new(0), AtomicI32::new(0));
    let source = Source::new(file, stamp, progress);
    threads.at_most(count).run(|| {
        let mut buffer = vec![0u8; PIECE];
        loop {
            let index = next.fetch_add(1, Relaxed);
            if index >= count || failure.load(Relaxed) != 0 {
                return;
            }
            match subtree(&source, index as u64 * SUBTREE, &mut buffer) {
                Ok(value) => tree.set(index, value),
                Err(error) => failure.store(error, Relaxed),
            }
        }
    });
    match failure.load(Relaxed) {
        0 => Ok(tree.root()),
        error => Err(error),
    }
}

fn subtree(source: &Source, start: u64, buffer: &mut [u8]) -> Result<ChainingValue, i32> {
    let mut hasher = Hasher::new();
    hasher.set_input_offset(start);
    let end = start + source.length_at(start, SUBTREE as usize) as u64;
    let mut at = start;
    while at < end {
        let piece = &mut buffer[..PIECE.min((end - at) as usize)];
        source.fill(at, piece)?;
        hasher.update(piece);
        at += piece.len() as u64;
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
