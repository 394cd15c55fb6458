//! The addon: one class, `HashJob`, that hashes a list of files off the main thread and answers with one buffer.
#[macro_use]
extern crate napi_derive;

mod file;
mod record;
mod work;

use napi::bindgen_prelude::{AsyncTask, Buffer};
use napi::{Env, Result, Task};
use std::sync::Arc;
use work::Progress;

/// A list of files to hash. Each file's result is one record of `recordSize` bytes; see `record.rs`.
#[napi]
pub struct HashJob {
    paths: Arc<Vec<u8>>,
    threads: usize,
    progress: Arc<Progress>,
}

#[napi]
impl HashJob {
    /// `paths`: each ended by a NUL byte, so that every byte a path may have goes through.
    #[napi(constructor)]
    pub fn new(paths: Buffer, threads: u32) -> Self {
        HashJob {
            paths: Arc::new(paths.to_vec()),
            threads: threads.clamp(1, 256) as usize,
            progress: Arc::new(Progress::default()),
        }
    }

    #[napi(ts_return_type = "Promise<Buffer>")]
    pub fn run(&self) -> AsyncTask<HashTask> {
        AsyncTask::new(HashTask {
            paths: self.paths.clone(),
            threads: self.threads,
            progress: self.progress.clone(),
        })
    }

    /// Bytes hashed so far.
    #[napi(getter)]
    pub fn bytes(&self) -> f64 {
        self.progress.bytes() as f64
    }

    /// Files that were not begun stay without a digest.
    #[napi]
    pub fn cancel(&self) {
        self.progress.cancel();
    }
}

pub struct HashTask {
    paths: Arc<Vec<u8>>,
    threads: usize,
    progress: Arc<Progress>,
}

impl Task for HashTask {
    type Output = Vec<u8>;
    type JsValue = Buffer;

    fn compute(&mut self) -> Result<Self::Output> {
        Ok(work::hash_all(&self.paths, self.threads, &self.progress))
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
