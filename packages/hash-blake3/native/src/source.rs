//! The bytes of one large file by their places: holes are not read, a file that became shorter is an error, and the page cache is left as it was found.
use crate::file::{File, Stamp};
use crate::progress::Progress;
use crate::record::{ABORTED, UNSTABLE};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// A file of so many bytes or more, read from the disk, would push everything else out of the page cache.
const WORTH_FORGETTING: u64 = 256 << 20;
/// Bytes that are looked at, and forgotten, together.
const STRETCH: u64 = 16 << 20;
/// In each stretch so many places are asked whether they are cached: what was read ahead of us is at its beginning alone.
const SAMPLES: u64 = 4;

pub struct Source<'a> {
    file: &'a File,
    size: u64,
    holes: bool,
    /// By stretch: bytes still to be read before its pages go; none where they were there before us, and stay.
    leaving: Vec<AtomicU64>,
    progress: &'a Progress,
}

impl<'a> Source<'a> {
    /// The size is that of the stamp: a file that grows meanwhile has another stamp behind, and is hashed anew by the caller.
    pub fn new(file: &'a File, stamp: Stamp, progress: &'a Progress) -> Self {
        let leaving = leaving(file, stamp.size).into_iter().map(AtomicU64::new).collect();
        file.read_ahead();
        Source { file, size: stamp.size, holes: stamp.sparse && file.tells_holes(), leaving, progress }
    }

    /// Bytes from a place on, at most so many.
    pub fn length_at(&self, at: u64, most: usize) -> usize {
        (self.size - at).min(most as u64) as usize
    }

    pub fn fill(&self, at: u64, into: &mut [u8]) -> Result<(), i32> {
        if self.progress.is_cancelled() {
            return Err(ABORTED);
        }
        if self.holes && self.file.is_hole(at, into.len() as u64) {
            into.fill(0);
        } else if self.file.read_at(into, at)? < into.len() {
            return Err(UNSTABLE);
        }
        self.progress.add(into.len());
        self.leave(at, into.len() as u64);
        Ok(())
    }

    /// A piece lies in one stretch: its size divides the stretch's, and so does its place.
    fn leave(&self, at: u64, length: u64) {
        let index = at / STRETCH;
        let Some(left) = self.leaving.get(index as usize) else { return };
        if left.load(Relaxed) > 0 && left.fetch_sub(length, Relaxed) == length {
            self.file.forget(index * STRETCH, STRETCH);
        }
    }
}

/// Asked before the first byte is read, and before the kernel is told to read ahead.
fn leaving(file: &File, size: u64) -> Vec<u64> {
    if size < WORTH_FORGETTING {
        return Vec::new();
    }
    let stretch = |index: u64| {
        let (start, length) = (index * STRETCH, STRETCH.min(size - index * STRETCH));
        let was_there = (0..SAMPLES).any(|i| file.is_cached(start + length * (2 * i + 1) / (2 * SAMPLES)));
        if was_there { 0 } else { length }
    };
    (0..size.div_ceil(STRETCH)).map(stretch).collect()
}
