//! Everything below a directory in the order of the paths' bytes, with the stamps: each directory is listed and looked at by one thread.
use crate::directory::{Open, CLOSED, KIND, SIZE};
use crate::threads::Threads;
use std::ffi::CStr;
use std::sync::{Condvar, Mutex};

/// Count of the entries, bytes of their paths, count of the directories (u64 each); the entries; the paths below the root, each ended by a NUL
/// byte; then the directories, the root first: an entry of each, and their paths.
pub fn scan(root: &CStr, threads: Threads) -> Vec<u8> {
    let work = Directories { root, state: Mutex::new(State::default()), changed: Condvar::new() };
    work.state.lock().unwrap().waiting.push((0, Vec::new()));
    work.state.lock().unwrap().found.push((Vec::new(), None));
    threads.run(|| work.look());
    joined(&work.state.into_inner().unwrap().found)
}

/// Its path, and what is in it; None where it could not be read.
type Found = (Vec<u8>, Option<Listed>);

/// What one directory holds itself, in order.
struct Listed {
    /// Its own, from before it was listed.
    stamp: [u8; SIZE],
    records: Vec<u8>,
    /// Below the root, each ended by a NUL byte.
    paths: Vec<u8>,
    below: Vec<Below>,
}

/// A directory in it: behind so many bytes of records and of paths.
struct Below {
    records: usize,
    paths: usize,
    number: usize,
    path: Vec<u8>,
}

#[derive(Default)]
struct State {
    waiting: Vec<(usize, Vec<u8>)>,
    busy: usize,
    /// By the directory's number.
    found: Vec<Found>,
}

struct Directories<'a> {
    root: &'a CStr,
    state: Mutex<State>,
    changed: Condvar,
}

impl Directories<'_> {
    fn look(&self) {
        let mut state = self.state.lock().unwrap();
        loop {
            if let Some((number, path)) = state.waiting.pop() {
                state.busy += 1;
                drop(state);
                let listed = list(self.root, &path);
                state = self.state.lock().unwrap();
                state.busy -= 1;
                if let Some(listed) = listed {
                    state.take(number, listed);
                }
                self.changed.notify_all();
            } else if state.busy == 0 {
                return;
            } else {
                state = self.changed.wait(state).unwrap();
            }
        }
    }
}

/// None where the directory cannot be read.
fn list(root: &CStr, path: &[u8]) -> Option<Listed> {
    let directory = Open::at(root, path)?;
    let mut listed = Listed { stamp: [0; SIZE], records: Vec::new(), paths: Vec::new(), below: Vec::new() };
    directory.stamp(c".", &mut listed.stamp);
    let prefix = if path.is_empty() { Vec::new() } else { [path, b"/"].concat() };
    for name in directory.names().each() {
        match name.to_bytes().strip_suffix(b"/") {
            Some(inside) => listed.note([&prefix[..], inside].concat()),
            None => {
                let at = listed.records.len();
                listed.records.resize(at + SIZE, 0);
                directory.stamp(name, &mut listed.records[at..]);
                listed.paths.extend_from_slice(&prefix);
                listed.paths.extend_from_slice(name.to_bytes_with_nul());
            }
        }
    }
    Some(listed)
}

impl State {
    fn take(&mut self, number: usize, mut listed: Listed) {
        for below in &mut listed.below {
            below.number = self.found.len();
            self.found.push((below.path.clone(), None));
            self.waiting.push((below.number, below.path.clone()));
        }
        self.found[number].1 = Some(listed);
    }
}

impl Listed {
    fn note(&mut self, path: Vec<u8>) {
        let (records, paths) = (self.records.len(), self.paths.len());
        self.below.push(Below { records, paths, number: 0, path });
    }
}

/// Not by recursion: a tree may be deeper than a stack.
fn joined(found: &[Found]) -> Vec<u8> {
    let size: usize = found.iter().flat_map(|one| &one.1).map(|one| one.records.len()).sum();
    let (mut records, mut paths) = (Vec::with_capacity(size + SIZE), Vec::new());
    let mut open: Vec<(&Listed, usize)> = Vec::new();
    let mut next = Some((0, &[][..]));
    loop {
        match next.take() {
            Some((number, path)) => match &found[number].1 {
                Some(listed) => open.push((listed, 0)),
                None => closed(path, &mut records, &mut paths),
            },
            None => {
                let Some((listed, place)) = open.last_mut() else { break };
                let here = place.checked_sub(1).map(|before| &listed.below[before]);
                let from = here.map_or((0, 0), |one| (one.records, one.paths));
                let below = listed.below.get(*place);
                let to = below.map_or((listed.records.len(), listed.paths.len()), |one| (one.records, one.paths));
                records.extend_from_slice(&listed.records[from.0..to.0]);
                paths.extend_from_slice(&listed.paths[from.1..to.1]);
                *place += 1;
                next = below.map(|one| (one.number, &one.path[..]));
                if next.is_none() {
                    open.pop();
                }
            }
        }
    }
    let head = [records.len() / SIZE, paths.len(), found.len()].map(|one| (one as u64).to_le_bytes()).concat();
    let mut result = [&head[..], &records, &paths].concat();
    for (_, listed) in found {
        result.extend_from_slice(&listed.as_ref().map_or([0; SIZE], |one| one.stamp));
    }
    for (path, _) in found {
        result.extend_from_slice(path);
        result.push(0);
    }
    result
}

fn closed(path: &[u8], records: &mut Vec<u8>, paths: &mut Vec<u8>) {
    let at = records.len();
    records.resize(at + SIZE, 0);
    records[at + KIND] = CLOSED;
    paths.extend_from_slice(path);
    paths.push(0);
}
