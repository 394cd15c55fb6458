//! The addon: `HashJob` hashes a list of files off the main thread and answers with one buffer; `Hasher` takes bytes as they come.
#[macro_use]
extern crate napi_derive;

mod file;
mod progress;
mod record;
mod threads;
mod tree;
mod work;

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
    /// `paths`: each ended by a NUL byte, so that every byte a path may have goes through.
    #[napi(constructor)]
    pub fn new(paths: Buffer, threads: u32, below: f64, background: bool) -> Self {
        let threads = Threads { count: threads.clamp(1, 256) as usize, background };
        // A float saturates: Infinity is the largest size there is.
        let work = Work { paths: paths.to_vec(), threads, below: below as u64, progress: Progress::default() };
        HashJob { work: Arc::new(work) }
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

/// Bytes of one file's result.
#[napi]
pub fn record_size() -> u32 {
    record::SIZE as u32
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
