//! Bytes as they come, for several algorithms at once: on the calling thread, or beside it.
use crate::algorithm::{Algorithm, State};
use napi::bindgen_prelude::{AsyncTask, Buffer};
use napi::{Env, Result, Task};
use std::sync::{Arc, Mutex};

#[napi]
pub struct Hashers {
    states: Arc<Mutex<Vec<Box<dyn State>>>>,
}

#[napi]
impl Hashers {
    /// `algorithms`: names with commas between. `size`: bytes that will follow.
    #[napi(constructor)]
    pub fn new(algorithms: String, size: f64) -> Result<Self> {
        let states = crate::algorithms_of(&algorithms)?.iter().map(|one| one.begin(size as u64)).collect();
        Ok(Hashers { states: Arc::new(Mutex::new(states)) })
    }

    #[napi]
    pub fn update(&self, chunk: &[u8]) {
        self.states.lock().unwrap().iter_mut().for_each(|state| state.update(chunk));
    }

    /// By another thread. The bytes must stay as they are, and nothing else be fed, until it resolves.
    #[napi(ts_return_type = "Promise<void>")]
    pub fn update_beside(&self, chunk: Buffer) -> AsyncTask<Update> {
        AsyncTask::new(Update { states: self.states.clone(), chunk })
    }

    /// The digests one behind the other; nothing may be fed after it.
    #[napi]
    pub fn digest(&self) -> Buffer {
        let states = std::mem::take(&mut *self.states.lock().unwrap());
        states.into_iter().flat_map(|state| state.finish()).collect::<Vec<u8>>().into()
    }
}

pub struct Update {
    states: Arc<Mutex<Vec<Box<dyn State>>>>,
    chunk: Buffer,
}

impl Task for Update {
    type Output = ();
    type JsValue = ();

    fn compute(&mut self) -> Result<()> {
        self.states.lock().unwrap().iter_mut().for_each(|state| state.update(&self.chunk));
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
