//! One file's result: error (i32), padding, the file's stamp before and after reading, five u64 each, little-endian; then the digests.
use crate::file::Stamp;

/// Bytes in front of the digests.
pub const HEAD: usize = 8 + 2 * 40;

// Results that are no errno of the kernel's, which are all positive; -1 is `file::NOT_REGULAR`.
/// The job was cancelled before.
pub const ABORTED: i32 = -2;
/// It became shorter while it was read.
pub const UNSTABLE: i32 = -3;
/// Not read: it has as many bytes as the caller wants to decide about first.
pub const LARGE: i32 = -4;

pub struct Record {
    /// One behind the other; none with an error.
    pub digests: Vec<u8>,
    pub error: i32,
    pub before: Stamp,
    pub after: Stamp,
}

impl Record {
    pub fn failed(error: i32, before: Stamp) -> Self {
        Record { digests: Vec::new(), error, before, after: before }
    }

    pub fn write(&self, into: &mut [u8]) {
        into[..4].copy_from_slice(&self.error.to_le_bytes());
        self.before.write(&mut into[8..48]);
        self.after.write(&mut into[48..88]);
        into[HEAD..HEAD + self.digests.len()].copy_from_slice(&self.digests);
    }
}
