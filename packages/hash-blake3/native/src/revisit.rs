//! A directory that was scanned before: which of its entries are no longer what they were. Only directories that changed are listed again.
use crate::directory::{Open, KIND, SIZE};
use crate::threads::Threads;
use std::collections::HashMap;
use std::ffi::CStr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::sync::Mutex;

/// Entries looked at by one thread at a time, if a directory has as many.
const SHARE: usize = 2048;

/// As `scan.rs` gave them.
pub struct Before<'a> {
    pub records: &'a [u8],
    pub paths: &'a [u8],
    pub directory_records: &'a [u8],
    pub directory_paths: &'a [u8],
}

/// The place (u64) and the entry of each that changed, in order, then an entry for each directory. Empty where a name came, went or became
/// another kind of thing, or a directory is closed: it has to be scanned.
pub fn revisit(root: &CStr, before: Before, threads: Threads) -> Vec<u8> {
    let runs = runs_of(before.paths);
    let directories: Vec<&[u8]> = before.directory_paths.split_inclusive(|byte| *byte == 0).map(without_end).collect();
    let mut stamps = before.directory_records.to_vec();
    if !same_names(root, &directories, &mut stamps, &runs) {
        return Vec::new();
    }
    let (next, failed, changes) = (AtomicUsize::new(0), AtomicBool::new(false), Mutex::new(Vec::new()));
    threads.at_most(runs.len()).run(|| {
        while let Some(run) = runs.get(next.fetch_add(1, Relaxed)) {
            match look(root, run, before.records) {
                Some(found) => changes.lock().unwrap().extend(found),
                None => failed.store(true, Relaxed),
            }
        }
    });
    if failed.load(Relaxed) {
        return Vec::new();
    }
    let mut changes = changes.into_inner().unwrap();
    changes.sort_unstable_by_key(|(place, _)| *place);
    let mut result = Vec::with_capacity(changes.len() * (8 + SIZE) + stamps.len());
    for (place, record) in changes {
        result.extend_from_slice(&(place as u64).to_le_bytes());
        result.extend_from_slice(&record);
    }
    result.extend_from_slice(&stamps);
    result
}

/// Neighbours in one directory.
struct Run<'a> {
    directory: &'a [u8],
    first: usize,
    /// Without the directory, each ended by a NUL byte.
    names: Vec<&'a [u8]>,
}

fn without_end(path: &[u8]) -> &[u8] {
    path.strip_suffix(b"\0").unwrap_or(path)
}

fn runs_of(paths: &[u8]) -> Vec<Run<'_>> {
    let mut runs: Vec<Run> = Vec::new();
    for (place, path) in paths.split_inclusive(|byte| *byte == 0).enumerate() {
        let cut = path.iter().rposition(|byte| *byte == b'/');
        let directory = &path[..cut.unwrap_or(0)];
        let name = &path[cut.map_or(0, |at| at + 1)..];
        match runs.last_mut() {
            Some(run) if run.directory == directory && run.names.len() < SHARE => run.names.push(name),
            _ => runs.push(Run { directory, first: place, names: vec![name] }),
        }
    }
    runs
}

/// None where the directory cannot be opened, or something is another kind of thing now.
fn look(root: &CStr, run: &Run, records: &[u8]) -> Option<Vec<(usize, [u8; SIZE])>> {
    let directory = Open::at(root, run.directory)?;
    let mut changed = Vec::new();
    for (i, name) in run.names.iter().enumerate() {
        let place = run.first + i;
        let old = records.get(place * SIZE..(place + 1) * SIZE)?;
        let mut now = [0; SIZE];
        directory.stamp(CStr::from_bytes_with_nul(name).ok()?, &mut now);
        if now[KIND] != old[KIND] {
            return None;
        }
        if now != *old {
            changed.push((place, now));
        }
    }
    Some(changed)
}

/// A directory whose times stand has the names that it had; another one is listed. `stamps` become those of now.
fn same_names(root: &CStr, directories: &[&[u8]], stamps: &mut [u8], runs: &[Run]) -> bool {
    let mut expected: Option<HashMap<&[u8], Vec<Vec<u8>>>> = None;
    for (i, path) in directories.iter().enumerate() {
        let Some(directory) = Open::at(root, path) else { return false };
        let stamp = &mut stamps[i * SIZE..(i + 1) * SIZE];
        let mut now = [0; SIZE];
        directory.stamp(c".", &mut now);
        if now == *stamp {
            continue;
        }
        stamp.copy_from_slice(&now);
        let expected = expected.get_or_insert_with(|| names_by_directory(directories, runs));
        let wanted = expected.get(path).map_or(&[][..], |names| &names[..]);
        if !directory.names().each().map(CStr::to_bytes).eq(wanted.iter().map(|name| &name[..])) {
            return false;
        }
    }
    true
}

fn names_by_directory<'a>(directories: &[&'a [u8]], runs: &[Run<'a>]) -> HashMap<&'a [u8], Vec<Vec<u8>>> {
    let mut names: HashMap<&[u8], Vec<Vec<u8>>> = HashMap::new();
    for run in runs {
        let here = names.entry(run.directory).or_default();
        here.extend(run.names.iter().map(|name| without_end(name).to_vec()));
    }
    for path in directories.iter().filter(|path| !path.is_empty()) {
        let cut = path.iter().rposition(|byte| *byte == b'/');
        let name = &path[cut.map_or(0, |at| at + 1)..];
        names.entry(&path[..cut.unwrap_or(0)]).or_default().push([name, b"/"].concat());
    }
    for here in names.values_mut() {
        here.sort_unstable();
    }
    names
}
