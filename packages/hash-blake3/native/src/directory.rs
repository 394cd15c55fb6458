//! One open directory: the names in it, and the stamps of what they name.
use std::ffi::{CStr, CString};

/// One entry: stamp (five u64, little-endian, as in a file's result), kind, padding.
pub const SIZE: usize = 48;
pub const KIND: usize = 40;
const FILE: u8 = 1;
const LINK: u8 = 2;
/// Neither: a pipe, a socket, a device, a directory.
const OTHER: u8 = 3;
/// A directory that could not be read: what lies in it is not known.
pub const CLOSED: u8 = 4;
/// Gone before it was looked at.
const GONE: u8 = 5;

pub struct Open {
    stream: *mut libc::DIR,
}

impl Open {
    /// `path`: below the root, empty for the root itself.
    pub fn at(root: &CStr, path: &[u8]) -> Option<Self> {
        let slash: &[u8] = if path.is_empty() { b"" } else { b"/" };
        let name = CString::new([root.to_bytes(), slash, path].concat()).ok()?;
        let stream = unsafe { libc::opendir(name.as_ptr()) };
        (!stream.is_null()).then_some(Open { stream })
    }

    /// Sorted as the paths of members are.
    pub fn names(&self) -> Names {
        let mut names = Names { bytes: Vec::new(), starts: Vec::new() };
        loop {
            let entry = unsafe { libc::readdir(self.stream) };
            if entry.is_null() {
                break;
            }
            let name = unsafe { CStr::from_ptr((*entry).d_name.as_ptr()) };
            if name != c"." && name != c".." {
                names.add(name.to_bytes(), self.is_directory(unsafe { (*entry).d_type }, name));
            }
        }
        names.sort();
        names
    }

    pub fn stamp(&self, name: &CStr, record: &mut [u8]) {
        let mut found: libc::stat = unsafe { std::mem::zeroed() };
        let directory = unsafe { libc::dirfd(self.stream) };
        if unsafe { libc::fstatat(directory, name.as_ptr(), &mut found, libc::AT_SYMLINK_NOFOLLOW) } < 0 {
            record[KIND] = GONE;
            return;
        }
        crate::file::Stamp::of(&found).write(&mut record[..KIND]);
        record[KIND] = match found.st_mode & libc::S_IFMT {
            libc::S_IFREG => FILE,
            libc::S_IFLNK => LINK,
            _ => OTHER,
        };
    }

    /// Some file systems tell no types (readdir(3)): then the entry is asked for.
    fn is_directory(&self, kind: u8, name: &CStr) -> bool {
        if kind != libc::DT_UNKNOWN {
            return kind == libc::DT_DIR;
        }
        let mut found: libc::stat = unsafe { std::mem::zeroed() };
        let directory = unsafe { libc::dirfd(self.stream) };
        let asked = unsafe { libc::fstatat(directory, name.as_ptr(), &mut found, libc::AT_SYMLINK_NOFOLLOW) };
        asked == 0 && found.st_mode & libc::S_IFMT == libc::S_IFDIR
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        unsafe { libc::closedir(self.stream) };
    }
}

/// Each ended by a NUL byte; those of directories by a slash before it, as their members' paths go on.
pub struct Names {
    bytes: Vec<u8>,
    starts: Vec<usize>,
}

impl Names {
    fn add(&mut self, name: &[u8], is_directory: bool) {
        self.starts.push(self.bytes.len());
        self.bytes.extend_from_slice(name);
        self.bytes.extend_from_slice(if is_directory { b"/\0" } else { b"\0" });
    }

    fn sort(&mut self) {
        let name = |start: usize| CStr::from_bytes_until_nul(&self.bytes[start..]).unwrap_or(c"");
        self.starts.sort_unstable_by(|one, other| name(*one).to_bytes().cmp(name(*other).to_bytes()));
    }

    pub fn each(&self) -> impl Iterator<Item = &CStr> {
        self.starts.iter().map(|start| CStr::from_bytes_until_nul(&self.bytes[*start..]).unwrap_or(c""))
    }
}
