//! Runs one piece of work on several threads; a machine that gives no more threads does it on fewer.
use std::thread::{Builder, Scope};

/// The nice value of threads that work while somebody else's program runs.
const BACKGROUND_NICE: i32 = 10;
/// Enough for the deepest recursion (the tree of a file of 2^64 bytes) and napi's own frames.
const STACK: usize = 512 << 10;

#[derive(Clone, Copy)]
pub struct Threads {
    pub count: usize,
    pub background: bool,
}

impl Threads {
    pub fn at_most(self, count: usize) -> Self {
        Threads { count: self.count.min(count).max(1), ..self }
    }

    pub fn run(self, work: impl Fn() + Sync) {
        std::thread::scope(|scope| {
            let mut started = 0;
            // The calling thread belongs to Node's pool: its priority could not be raised again without privileges.
            let wanted = if self.background { self.count } else { self.count - 1 };
            for _ in 0..wanted {
                started += usize::from(spawn(scope, &work, self.background));
            }
            if !self.background || started == 0 {
                work();
            }
        });
    }
}

/// False where a limit (RLIMIT_NPROC, a cgroup's pids.max) allows no further thread: the others then do it all.
fn spawn<'scope>(scope: &'scope Scope<'scope, '_>, work: &'scope (impl Fn() + Sync), background: bool) -> bool {
    let run = move || {
        if background {
            lower_priority();
        }
        work();
    };
    Builder::new().name("roar-hash".into()).stack_size(STACK).spawn_scoped(scope, run).is_ok()
}

/// On Linux a thread has its own nice value, and 0 means the calling thread: setpriority(2), "C library/kernel differences".
#[cfg(target_os = "linux")]
fn lower_priority() {
    unsafe { libc::setpriority(libc::PRIO_PROCESS, 0, BACKGROUND_NICE) };
}
#[cfg(not(target_os = "linux"))]
fn lower_priority() {
    let _ = BACKGROUND_NICE;
}
