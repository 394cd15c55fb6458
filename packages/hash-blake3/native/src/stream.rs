//! Bytes as they come, for several algorithms at once: on the calling thread, or beside it.
use crate::algorithm::Algorithm;
use crate::strands::{finish, strands, Strand};
use napi::bindgen_prelude::{AsyncTask, Buffer};
use napi::{Env, Result, Task};
use std::sync::{Arc, Mutex};

#[napi]
pub struct Hashers {
    algorithms: Vec<Algorithm>,
    strands: Arc<Mutex<Vec<Strand>>>,
}

#[napi]
impl Hashers {
    /// `algorithms`: names with commas between. `size`: bytes that will follow.
    #[napi(constructor)]
    pub fn new(algorithms: String, size: f64) -> Result<Self> {
        let algorithms = crate::algorithms_of(&algorithms)?;
        let strands = strands(&algorithms, size as u64);
        Ok(Hashers { algorithms, strands: Arc::new(Mutex::new(strands)) })
    }

    #[napi]
    pub fn update(&self, chunk: &[u8]) {
        self.strands.lock().unwrap().iter_mut().for_each(|one| one.state.update(chunk));
    }

    /// By another thread. The bytes must stay as they are, and nothing else be fed, until it resolves.
    #[napi(ts_return_type = "Promise<void>")]
    pub fn update_beside(&self, chunk: Buffer) -> AsyncTask<Update> {
        AsyncTask::new(Update { strands: self.strands.clone(), chunk })
    }

    /// The digests one behind the other; nothing may be fed after it.
    #[napi]
    pub fn digest(&self) -> Buffer {
        let strands = std::mem::take(&mut *self.strands.lock().unwrap());
        finish(strands, &self.algorithms).into()
    }
}

pub struct Update {
    strands: Arc<Mutex<Vec<Strand>>>,
    chunk: Buffer,
}

impl Task for Update {
    type Output = ();
    type JsValue = ();

    fn compute(&mut self) -> Result<()> {
        self.strands.lock().unwrap().iter_mut().for_each(|one| one.state.update(&self.chunk));
        Ok(())
    }

    fn resolve(&mut self, _env: Env, _output: ()) -> Result<()> {
        Ok(())
    }
}

/// The names among these that are known here.
#[napi]
pub fn known_algorithm(name: String) -> bool {
    Algorithm::parse(&name).is_some()
}
