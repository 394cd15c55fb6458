//! The addon: `HashJob` hashes a list of files off the main thread and answers with one buffer; `Hasher` and `Hashers` take bytes as they come.
#[macro_use]
extern crate napi_derive;

mod algorithm;
mod directory;
mod file;
mod flat;
mod lanes;
mod progress;
mod record;
mod revisit;
mod scan;
mod short;
mod source;
#[cfg(target_arch = "x86_64")]
mod stitched;
mod strands;
mod stream;
mod threads;
mod tree;
#[cfg(target_arch = "x86_64")]
mod trio;
mod work;

use algorithm::Algorithm;
use napi::bindgen_prelude::{AsyncTask, Buffer};
use napi::{Env, Result, Task};
use progress::Progress;
use std::sync::Arc;
use threads::Threads;
use work::Work;

/// A list of files to hash. Each file's result is one record of `recordSize` bytes; see `record.rs`.
#[napi]
pub struct HashJob {
    work: Arc<Work>,
}

#[napi]
impl HashJob {
    /// `paths`: each ended by a NUL byte, so that every byte a path may have goes through. `algorithms`: names with commas between.
    #[napi(constructor)]
    pub fn new(paths: Buffer, algorithms: String, threads: u32, below: f64, background: bool) -> Result<Self> {
        let threads = Threads { count: threads.clamp(1, 256) as usize, background };
        let (paths, algorithms) = (paths.to_vec(), algorithms_of(&algorithms)?);
        // A float saturates: Infinity is the largest size there is.
        let work = Work { paths, algorithms, threads, below: below as u64, progress: Progress::default() };
        Ok(HashJob { work: Arc::new(work) })
    }

    /// Bytes of one file's result.
    #[napi(getter)]
    pub fn record_size(&self) -> u32 {
        self.work.record_size() as u32
    }

    #[napi(ts_return_type = "Promise<Buffer>")]
    pub fn run(&self) -> AsyncTask<HashTask> {
        AsyncTask::new(HashTask { work: self.work.clone() })
    }

    /// Bytes hashed so far.
    #[napi(getter)]
    pub fn bytes(&self) -> f64 {
        self.work.progress.bytes() as f64
    }

    /// Files that are not done by now stay without a digest.
    #[napi]
    pub fn cancel(&self) {
        self.work.progress.cancel();
    }
}

pub struct HashTask {
    work: Arc<Work>,
}

impl Task for HashTask {
    type Output = Vec<u8>;
    type JsValue = Buffer;

    fn compute(&mut self) -> Result<Self::Output> {
        Ok(self.work.hash_all())
    }

    fn resolve(&mut self, _env: Env, output: Self::Output) -> Result<Self::JsValue> {
        Ok(output.into())
    }
}

fn algorithms_of(names: &str) -> Result<Vec<Algorithm>> {
    let unknown = |name: &str| napi::Error::from_reason(format!("no algorithm '{name}'"));
    names.split(',').map(|name| Algorithm::parse(name).ok_or_else(|| unknown(name))).collect()
}

/// Everything below a directory; see `scan.rs`. `root` is ended by a NUL byte.
#[napi(ts_return_type = "Promise<Buffer>")]
pub fn scan_tree(root: Buffer, threads: u32) -> AsyncTask<ScanTask> {
    AsyncTask::new(ScanTask { root: root.to_vec(), threads: threads.clamp(1, 256) as usize })
}

pub struct ScanTask {
    root: Vec<u8>,
    threads: usize,
}

impl Task for ScanTask {
    type Output = Vec<u8>;
    type JsValue = Buffer;

    fn compute(&mut self) -> Result<Self::Output> {
        let root = std::ffi::CStr::from_bytes_until_nul(&self.root).unwrap_or_default();
        Ok(scan::scan(root, Threads { count: self.threads, background: false }))
    }

    fn resolve(&mut self, _env: Env, output: Self::Output) -> Result<Self::JsValue> {
        Ok(output.into())
    }
}

/// What changed since a scan; see `revisit.rs`. The four columns are as that scan gave them.
#[napi(ts_return_type = "Promise<Buffer>")]
pub fn revisit_tree(
    root: Buffer,
    records: Buffer,
    paths: Buffer,
    directory_records: Buffer,
    directory_paths: Buffer,
    threads: u32,
) -> AsyncTask<RevisitTask> {
    let columns = [records, paths, directory_records, directory_paths];
    AsyncTask::new(RevisitTask { root: root.to_vec(), columns, threads: threads.clamp(1, 256) as usize })
}

pub struct RevisitTask {
    root: Vec<u8>,
    columns: [Buffer; 4],
    threads: usize,
}

impl Task for RevisitTask {
    type Output = Vec<u8>;
    type JsValue = Buffer;

    fn compute(&mut self) -> Result<Self::Output> {
        let root = std::ffi::CStr::from_bytes_until_nul(&self.root).unwrap_or_default();
        let [records, paths, directory_records, directory_paths] = &self.columns;
        let before = revisit::Before { records, paths, directory_records, directory_paths };
        Ok(revisit::revisit(root, before, Threads { count: self.threads, background: false }))
    }

    fn resolve(&mut self, _env: Env, output: Self::Output) -> Result<Self::JsValue> {
        Ok(output.into())
    }
}

/// Digests of inputs that lie one behind the other; see `short.rs`.
#[napi]
pub fn hash_each(data: &[u8], ends: &[u8]) -> Buffer {
    short::hash_each(data, ends).into()
}

/// The flat digest of a list of members; see `flat.rs`.
#[napi]
pub fn flat_digest(names: &[u8], chosen: &[u8], digests: &[u8], sha256: bool) -> Buffer {
    flat::flat(names, chosen, digests, sha256).into()
}

/// For bytes that are read elsewhere, by one thread.
#[napi]
#[derive(Default)]
pub struct Hasher {
    state: blake3::Hasher,
}

#[napi]
impl Hasher {
    #[napi(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    #[napi]
    pub fn update(&mut self, chunk: &[u8]) {
        self.state.update(chunk);
    }

    /// Begins anew: an object for each of many files would be collected too late, and holds 2 KiB.
    #[napi]
    pub fn digest(&mut self) -> Buffer {
        let digest = self.state.finalize();
        self.state.reset();
        digest.as_bytes().to_vec().into()
    }
}
