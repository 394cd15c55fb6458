//! Opening and reading: never follows a link, never waits for a pipe's writer, never maps a file (a mapped file that is cut ends the process by SIGBUS).
use std::ffi::CStr;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};

/// Neither a regular file nor a directory (that is EISDIR). No errno of the kernel's: those are positive.
pub const NOT_REGULAR: i32 = -1;

/// Identity and version: nanoseconds since the epoch for times.
#[derive(Clone, Copy, Default, PartialEq)]
pub struct Stamp {
    dev: u64,
    ino: u64,
    pub size: u64,
    mtime: u64,
    ctime: u64,
    /// Has it holes? Not part of the record.
    pub sparse: bool,
}

impl Stamp {
    pub fn of(found: &libc::stat) -> Self {
        let time = |seconds: i64, ns: i64| (seconds as u64).wrapping_mul(1_000_000_000).wrapping_add(ns as u64);
        Stamp {
            dev: found.st_dev as u64,
            ino: found.st_ino as u64,
            size: found.st_size as u64,
            mtime: time(found.st_mtime as i64, found.st_mtime_nsec as i64),
            ctime: time(found.st_ctime as i64, found.st_ctime_nsec as i64),
            sparse: (found.st_blocks as u64) * 512 < found.st_size as u64,
        }
    }

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
        // A descriptor of our own is a link by its nature, to a file that may have no name.
        let followed = if path.to_bytes().starts_with(b"/proc/self/fd/") { 0 } else { libc::O_NOFOLLOW };
        let flags = libc::O_RDONLY | followed | libc::O_CLOEXEC | libc::O_NONBLOCK;
        // Only the owner may read without touching the access time: EPERM for everybody else.
        let quiet = unsafe { libc::open(path.as_ptr(), flags | NO_ATIME) };
        let fd = if quiet < 0 && errno() == libc::EPERM { unsafe { libc::open(path.as_ptr(), flags) } } else { quiet };
        if fd < 0 {
            return Err(errno());
        }
        Ok(File { fd: unsafe { OwnedFd::from_raw_fd(fd) } })
    }

    /// An error for whatever is no regular file.
    pub fn stamp(&self) -> Result<Stamp, i32> {
        let mut found: libc::stat = unsafe { std::mem::zeroed() };
        if unsafe { libc::fstat(self.fd.as_raw_fd(), &mut found) } < 0 {
            return Err(errno());
        }
        match found.st_mode & libc::S_IFMT {
            libc::S_IFREG => {}
            libc::S_IFDIR => return Err(libc::EISDIR),
            _ => return Err(NOT_REGULAR),
        }
        Ok(Stamp::of(&found))
    }

    /// It will be read from front to back: the kernel reads twice as far ahead. For a network file system that is whole round trips.
    #[cfg(target_os = "linux")]
    pub fn read_ahead(&self) {
        unsafe { libc::posix_fadvise(self.fd.as_raw_fd(), 0, 0, libc::POSIX_FADV_SEQUENTIAL) };
    }
    #[cfg(not(target_os = "linux"))]
    pub fn read_ahead(&self) {}

    /// Is this byte in the page cache? Asked without reading it in (RWF_NOWAIT, Linux 4.14); taken for granted where that is not known.
    #[cfg(target_os = "linux")]
    pub fn is_cached(&self, at: u64) -> bool {
        let mut byte = 0u8;
        let into = libc::iovec { iov_base: (&mut byte as *mut u8).cast(), iov_len: 1 };
        let got = unsafe { libc::preadv2(self.fd.as_raw_fd(), &into, 1, at as libc::off_t, libc::RWF_NOWAIT) };
        got >= 0 || errno() != libc::EAGAIN
    }
    #[cfg(not(target_os = "linux"))]
    pub fn is_cached(&self, _at: u64) -> bool {
        true
    }

    /// Its pages are not needed any more; dirty ones stay.
    #[cfg(target_os = "linux")]
    pub fn forget(&self, start: u64, length: u64) {
        let (start, length) = (start as libc::off_t, length as libc::off_t);
        unsafe { libc::posix_fadvise(self.fd.as_raw_fd(), start, length, libc::POSIX_FADV_DONTNEED) };
    }
    #[cfg(not(target_os = "linux"))]
    pub fn forget(&self, _start: u64, _length: u64) {}

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

    /// Are these bytes known to be zeros without reading them? Reading a hole would fill the page cache with zeros.
    #[cfg(target_os = "linux")]
    pub fn is_hole(&self, start: u64, length: u64) -> bool {
        // The offset that lseek moves is nobody's: all reading is by pread.
        match unsafe { libc::lseek(self.fd.as_raw_fd(), start as libc::off_t, libc::SEEK_DATA) } {
            -1 => errno() == libc::ENXIO,
            data => data as u64 >= start + length,
        }
    }
    #[cfg(not(target_os = "linux"))]
    pub fn is_hole(&self, _start: u64, _length: u64) -> bool {
        false
    }

    /// Only where holes have always been told truly: ZFS before 2.2.2 called data that was not yet on disk a hole (openzfs/zfs#15526).
    #[cfg(target_os = "linux")]
    pub fn tells_holes(&self) -> bool {
        const EXT: i64 = 0xEF53;
        const XFS: i64 = 0x5846_5342;
        const TMPFS: i64 = 0x0102_1994;
        let mut found: libc::statfs = unsafe { std::mem::zeroed() };
        let known = unsafe { libc::fstatfs(self.fd.as_raw_fd(), &mut found) } == 0;
        known && [EXT, XFS, TMPFS].contains(&(found.f_type as i64))
    }
    #[cfg(not(target_os = "linux"))]
    pub fn tells_holes(&self) -> bool {
        false
    }
}
