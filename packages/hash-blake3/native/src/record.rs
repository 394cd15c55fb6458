//! One file's result: digest (32 bytes), error (i32), padding, then the file's stamp before and after reading, five u64 each, little-endian.
use crate::file::Stamp;

pub const SIZE: usize = 32 + 8 + 2 * 40;

// Results that are no errno of the kernel's, which are all positive; -1 is `file::NOT_REGULAR`.
/// The job was cancelled before.
pub const ABORTED: i32 = -2;
/// It became shorter while it was read.
pub const UNSTABLE: i32 = -3;
/// Not read: it has as many bytes as the caller wants to decide about first.
pub const LARGE: i32 = -4;

pub struct Record {
    pub digest: [u8; 32],
    pub error: i32,
    pub before: Stamp,
    pub after: Stamp,
}

impl Record {
    pub fn failed(error: i32, before: Stamp) -> Self {
        Record { digest: [0; 32], error, before, after: before }
    }

    pub fn write(&self, into: &mut [u8]) {
        into[..32].copy_from_slice(&self.digest);
        into[32..36].copy_from_slice(&self.error.to_le_bytes());
        self.before.write(&mut into[40..80]);
        self.after.write(&mut into[80..120]);
    }
}
