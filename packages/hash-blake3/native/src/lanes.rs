//! One large file by several threads for several algorithms: each state is a lane along which the blocks pass in order, and every thread takes
//! whatever lane is furthest behind. The slowest algorithm never waits, the others run beside it, and each byte is read once.
use crate::algorithm::{Algorithm, State};
use crate::file::{File, Stamp};
use crate::progress::Progress;
use crate::source::Source;
use crate::strands::{joined, strands, Strand};
use crate::threads::Threads;
use crate::tree::Tree;
use std::sync::{Condvar, Mutex, RwLock};

/// Bytes of one block, a power of two: large beside what it costs to hand one over, small beside the cores' own caches.
pub const BLOCK: usize = 512 << 10;
/// Blocks that are in memory at a time.
const SLOTS: usize = 8;

pub fn hash_lanes(
    file: &File,
    stamp: Stamp,
    algorithms: &[Algorithm],
    threads: Threads,
    progress: &Progress,
) -> Result<Vec<u8>, i32> {
    let blocks = stamp.size.div_ceil(BLOCK as u64) as usize;
    let strands = strands(algorithms, stamp.size);
    let lanes: Vec<Lane> = strands.into_iter().map(|one| Lane::new(one, algorithms, blocks)).collect();
    let threads = threads.at_most(lanes.len() + 1);
    let pass = Pass {
        source: Source::new(file, stamp, progress),
        plan: Mutex::new(Plan::new(&lanes, blocks)),
        lanes,
        slots: (0..SLOTS).map(|_| RwLock::new(vec![0; BLOCK])).collect(),
        changed: Condvar::new(),
    };
    threads.run(|| pass.work());
    let plan = pass.plan.into_inner().unwrap();
    match plan.failure {
        0 => Ok(joined(pass.lanes.into_iter().map(Lane::finish), algorithms)),
        error => Err(error),
    }
}

enum Lane {
    /// The state after the blocks that have passed.
    InOrder(Vec<usize>, Mutex<Box<dyn State>>),
    /// BLAKE3 is a tree: its blocks need no order.
    Any(Vec<usize>, Tree),
}

impl Lane {
    fn new(Strand { places, state }: Strand, algorithms: &[Algorithm], blocks: usize) -> Self {
        match algorithms[places[0]] {
            Algorithm::Blake3 => Lane::Any(places, Tree::new(blocks)),
            _ => Lane::InOrder(places, Mutex::new(state)),
        }
    }

    fn pass(&self, block: usize, bytes: &[u8]) {
        match self {
            Lane::InOrder(_, state) => state.lock().unwrap().update(bytes),
            Lane::Any(_, tree) => tree.put(block, (block * BLOCK) as u64, bytes),
        }
    }

    fn finish(self) -> (Vec<usize>, Vec<u8>) {
        match self {
            Lane::InOrder(places, state) => (places, state.into_inner().unwrap().finish()),
            Lane::Any(places, tree) => (places, tree.root().to_vec()),
        }
    }
}

struct Pass<'a> {
    source: Source<'a>,
    lanes: Vec<Lane>,
    slots: Vec<RwLock<Vec<u8>>>,
    plan: Mutex<Plan>,
    changed: Condvar,
}

impl Pass<'_> {
    fn work(&self) {
        let mut plan = self.plan.lock().unwrap();
        while !plan.is_over() {
            let Some(task) = plan.take() else {
                plan = self.changed.wait(plan).unwrap();
                continue;
            };
            drop(plan);
            let done = self.perform(task);
            plan = self.plan.lock().unwrap();
            plan.finish(task, done);
            self.changed.notify_all();
        }
    }

    fn perform(&self, task: Task) -> Result<(), i32> {
        match task {
            Task::Read(block) => {
                let at = (block * BLOCK) as u64;
                let length = self.source.length_at(at, BLOCK);
                self.source.fill(at, &mut self.slots[block % SLOTS].write().unwrap()[..length])
            }
            Task::Hash(lane, block) => {
                let length = self.source.length_at((block * BLOCK) as u64, BLOCK);
                self.lanes[lane].pass(block, &self.slots[block % SLOTS].read().unwrap()[..length]);
                Ok(())
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Task {
    Read(usize),
    Hash(usize, usize),
}

/// Who may do what next. Held for moments only.
struct Plan {
    blocks: usize,
    /// One reader at a time keeps the file's order; it reads ahead while the others hash.
    reading: bool,
    /// Blocks that were read.
    read: usize,
    /// By slot: lanes that its block has still to pass.
    open: [usize; SLOTS],
    lanes: Vec<Progressing>,
    failure: i32,
}

struct Progressing {
    next: usize,
    busy: bool,
    in_order: bool,
}

impl Plan {
    fn new(lanes: &[Lane], blocks: usize) -> Self {
        let lane = |one: &Lane| Progressing { next: 0, busy: false, in_order: matches!(one, Lane::InOrder(..)) };
        let lanes = lanes.iter().map(lane).collect();
        Plan { blocks, reading: false, read: 0, open: [0; SLOTS], lanes, failure: 0 }
    }

    fn is_over(&self) -> bool {
        self.failure != 0 || (self.read == self.blocks && self.open == [0; SLOTS])
    }

    fn take(&mut self) -> Option<Task> {
        if !self.reading && self.read < self.blocks && self.open[self.read % SLOTS] == 0 {
            self.reading = true;
            return Some(Task::Read(self.read));
        }
        let runnable = |lane: &Progressing| lane.next < self.read && !(lane.in_order && lane.busy);
        let waiting = self.lanes.iter().enumerate().filter(|(_, lane)| runnable(lane));
        let (index, _) = waiting.min_by_key(|(_, lane)| lane.next)?;
        let lane = &mut self.lanes[index];
        lane.busy = true;
        lane.next += 1;
        Some(Task::Hash(index, lane.next - 1))
    }

    fn finish(&mut self, task: Task, done: Result<(), i32>) {
        match task {
            Task::Read(block) => {
                self.reading = false;
                self.read += 1;
                self.open[block % SLOTS] = self.lanes.len();
            }
            Task::Hash(lane, block) => {
                self.lanes[lane].busy = false;
                self.open[block % SLOTS] -= 1;
            }
        }
        if let Err(error) = done {
            self.failure = error;
        }
    }
}
