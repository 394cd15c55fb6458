//! Opening and reading: never follows a link, never waits for a pipe's writer, never maps a file (a mapped file that is cut ends the process by SIGBUS).
use crate::record::NOT_REGULAR;
use std::ffi::CStr;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};

/// Identity and version: nanoseconds since the epoch for times.
#[derive(Clone, Copy, Default, PartialEq)]
pub struct Stamp {
    dev: u64,
    ino: u64,
    pub size: u64,
    mtime: u64,
    ctime: u64,
}

impl Stamp {
    pub fn write(&self, into: &mut [u8]) {
        for (i, value) in [self.dev, self.ino, self.size, self.mtime, self.ctime].iter().enumerate() {
            into[i * 8..i * 8 + 8].copy_from_slice(&value.to_le_bytes());
        }
    }
}

pub struct File {
    fd: OwnedFd,
}

fn errno() -> i32 {
    std::io::Error::last_os_error().raw_os_error().unwrap_or(libc::EIO)
}

#[cfg(target_os = "linux")]
const NO_ATIME: i32 = libc::O_NOATIME;
#[cfg(not(target_os = "linux"))]
const NO_ATIME: i32 = 0;

impl File {
    pub fn open(path: &CStr) -> Result<Self, i32> {
        let flags = libc::O_RDONLY | libc::O_NOFOLLOW | libc::O_CLOEXEC | libc::O_NONBLOCK;
        // Only the owner may read without touching the access time: EPERM for everybody else.
        let quiet = unsafe { libc::open(path.as_ptr(), flags | NO_ATIME) };
        let fd = if quiet < 0 && errno() == libc::EPERM { unsafe { libc::open(path.as_ptr(), flags) } } else { quiet };
        if fd < 0 {
            return Err(errno());
        }
        Ok(File { fd: unsafe { OwnedFd::from_raw_fd(fd) } })
    }

    /// The error of a file that is no regular one comes with its stamp's place empty.
    pub fn stamp(&self) -> Result<Stamp, i32> {
        let mut found: libc::stat = unsafe { std::mem::zeroed() };
        if unsafe { libc::fstat(self.fd.as_raw_fd(), &mut found) } < 0 {
            return Err(errno());
        }
        if found.st_mode & libc::S_IFMT != libc::S_IFREG {
            return Err(NOT_REGULAR);
        }
        let time = |seconds: i64, ns: i64| (seconds as u64).wrapping_mul(1_000_000_000).wrapping_add(ns as u64);
        Ok(Stamp {
            dev: found.st_dev as u64,
            ino: found.st_ino as u64,
            size: found.st_size as u64,
            mtime: time(found.st_mtime as i64, found.st_mtime_nsec as i64),
            ctime: time(found.st_ctime as i64, found.st_ctime_nsec as i64),
        })
    }

    /// Fewer bytes than asked for only at the end of the file.
    pub fn read_at(&self, into: &mut [u8], offset: u64) -> Result<usize, i32> {
        let mut filled = 0;
        while filled < into.len() {
            let rest = &mut into[filled..];
            let at = (offset + filled as u64) as libc::off_t;
            let got = unsafe { libc::pread(self.fd.as_raw_fd(), rest.as_mut_ptr().cast(), rest.len(), at) };
            match got {
                0 => break,
                n if n > 0 => filled += n as usize,
                _ if errno() == libc::EINTR => continue,
                _ => return Err(errno()),
            }
        }
        Ok(filled)
    }
}
