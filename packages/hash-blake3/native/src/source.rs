//! The bytes of one large file by their places: holes are not read, a file that became shorter is an error, and the page cache is left as it was found.
use crate::file::{File, Stamp};
use crate::progress::Progress;
use crate::record::{ABORTED, UNSTABLE};

pub struct Source<'a> {
    file: &'a File,
    size: u64,
    holes: bool,
    progress: &'a Progress,
}

impl<'a> Source<'a> {
    /// The size is that of the stamp: a file that grows meanwhile has another stamp behind, and is hashed anew by the caller.
    pub fn new(file: &'a File, stamp: Stamp, progress: &'a Progress) -> Self {
        file.read_ahead();
        Source { file, size: stamp.size, holes: stamp.sparse && file.tells_holes(), progress }
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
        Ok(())
    }
}
