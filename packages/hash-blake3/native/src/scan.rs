//! Everything below a directory in the order of the paths' bytes, with the stamps: a million files are looked at in a second.
use crate::threads::Threads;
use std::ffi::{CStr, CString};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::Mutex;

/// One entry: stamp (five u64, little-endian, as in a file's result), kind, padding.
pub const SIZE: usize = 48;
const FILE: u8 = 1;
const LINK: u8 = 2;
/// Neither: a pipe, a socket, a device.
const OTHER: u8 = 3;
/// A directory that could not be read: what lies in it is not known.
const CLOSED: u8 = 4;
/// Gone before it was looked at.
const GONE: u8 = 5;
/// Looked at by one thread at a time: most of them lie in one directory, which is opened once.
const SHARE: usize = 2048;

/// Count of the entries (u64), the entries, then their paths below the root, each ended by a NUL byte.
pub fn scan(root: &CStr, threads: Threads) -> Vec<u8> {
    let mut found = Found { root, paths: Vec::new(), starts: Vec::new() };
    let mut closed = Vec::new();
    found.walk(&mut closed);
    let count = found.starts.len();
    let mut result = vec![0u8; 8 + count * SIZE];
    result[..8].copy_from_slice(&(count as u64).to_le_bytes());
    let shares: Vec<Mutex<&mut [u8]>> = result[8..].chunks_mut(SHARE * SIZE).map(Mutex::new).collect();
    let next = AtomicUsize::new(0);
    threads.at_most(shares.len()).run(|| loop {
        let index = next.fetch_add(1, Relaxed);
        let Some(share) = shares.get(index) else { return };
        found.look(index * SHARE, &mut share.lock().unwrap());
    });
    drop(shares);
    for index in closed {
        result[8 + index * SIZE + 40] = CLOSED;
    }
    result.extend_from_slice(&found.paths);
    result
}

struct Found<'a> {
    root: &'a CStr,
    paths: Vec<u8>,
    starts: Vec<usize>,
}

impl Found<'_> {
    /// Not by recursion: a tree may be deeper than a stack.
    fn walk(&mut self, closed: &mut Vec<usize>) {
        let mut waiting = vec![(Vec::new(), true)];
        while let Some((path, is_directory)) = waiting.pop() {
            if is_directory {
                match self.list(&path) {
                    Some(mut entries) => {
                        // A directory is sorted as its members' paths are: with the slash behind its name.
                        entries.sort_unstable_by(|one, other| other.cmp(one));
                        for name in entries {
                            let inside = name.last() == Some(&b'/');
                            let end = name.len() - usize::from(inside);
                            let slash: &[u8] = if path.is_empty() { b"" } else { b"/" };
                            waiting.push(([&path[..], slash, &name[..end]].concat(), inside));
                        }
                        continue;
                    }
                    None => closed.push(self.starts.len()),
                }
            }
            self.starts.push(self.paths.len());
            self.paths.extend_from_slice(&path);
            self.paths.push(0);
        }
    }

    /// Names; those of directories end in a slash. None where the directory cannot be read.
    fn list(&self, path: &[u8]) -> Option<Vec<Vec<u8>>> {
        let name = CString::new(self.absolute(path)).ok()?;
        let directory = unsafe { libc::opendir(name.as_ptr()) };
        if directory.is_null() {
            return None;
        }
        let mut entries = Vec::new();
        loop {
            let entry = unsafe { libc::readdir(directory) };
            if entry.is_null() {
                break;
            }
            let name = unsafe { CStr::from_ptr((*entry).d_name.as_ptr()) };
            if name == c"." || name == c".." {
                continue;
            }
            let mut bytes = name.to_bytes().to_vec();
            if is_directory(unsafe { (*entry).d_type }, directory, name) {
                bytes.push(b'/');
            }
            entries.push(bytes);
        }
        unsafe { libc::closedir(directory) };
        Some(entries)
    }

    fn absolute(&self, path: &[u8]) -> Vec<u8> {
        if path.is_empty() {
            return self.root.to_bytes().to_vec();
        }
        [self.root.to_bytes(), b"/", path].concat()
    }

    fn look(&self, first: usize, into: &mut [u8]) {
        let mut open = (Vec::new(), -1);
        for (i, record) in into.chunks_mut(SIZE).enumerate() {
            let start = self.starts[first + i];
            let path = CStr::from_bytes_until_nul(&self.paths[start..]).unwrap_or(c"");
            let bytes = path.to_bytes();
            let cut = bytes.iter().rposition(|byte| *byte == b'/');
            let directory = &bytes[..cut.unwrap_or(0)];
            if open.1 < 0 || open.0 != directory {
                close(open.1);
                open = (directory.to_vec(), self.open(directory));
            }
            let name = &path.to_bytes_with_nul()[cut.map_or(0, |at| at + 1)..];
            stamp(open.1, CStr::from_bytes_with_nul(name).unwrap_or(c""), record);
        }
        close(open.1);
    }

    fn open(&self, directory: &[u8]) -> i32 {
        let flags = libc::O_RDONLY | libc::O_DIRECTORY | libc::O_CLOEXEC;
        CString::new(self.absolute(directory)).map_or(-1, |name| unsafe { libc::open(name.as_ptr(), flags) })
    }
}

fn close(fd: i32) {
    if fd >= 0 {
        unsafe { libc::close(fd) };
    }
}

/// Some file systems tell no types (readdir(3)): then the entry is asked for.
fn is_directory(kind: u8, directory: *mut libc::DIR, name: &CStr) -> bool {
    if kind != libc::DT_UNKNOWN {
        return kind == libc::DT_DIR;
    }
    let mut found: libc::stat = unsafe { std::mem::zeroed() };
    let fd = unsafe { libc::dirfd(directory) };
    let asked = unsafe { libc::fstatat(fd, name.as_ptr(), &mut found, libc::AT_SYMLINK_NOFOLLOW) };
    asked == 0 && found.st_mode & libc::S_IFMT == libc::S_IFDIR
}

fn stamp(directory: i32, name: &CStr, record: &mut [u8]) {
    let mut found: libc::stat = unsafe { std::mem::zeroed() };
    let asked = unsafe { libc::fstatat(directory, name.as_ptr(), &mut found, libc::AT_SYMLINK_NOFOLLOW) };
    if asked < 0 {
        record[40] = GONE;
        return;
    }
    crate::file::Stamp::of(&found).write(&mut record[..40]);
    record[40] = match found.st_mode & libc::S_IFMT {
        libc::S_IFREG => FILE,
        libc::S_IFLNK => LINK,
        _ => OTHER,
    };
}
