/* The tables that the programs share, and how an event leaves. */
#ifndef ROAR_MAPS_H
#define ROAR_MAPS_H
#include "look.bpf.h"
#include <bpf/bpf_tracing.h>
#include "event.h"

/*
 * Verified once, by itself, whoever calls it: as a part of each caller it would be looked at again for every way that leads there, for a second. Such a function
 * takes numbers and pointers to whole structures of ours, nothing else; addresses of the kernel's are numbers.
 */
#define ONCE __attribute__((noinline))

/*
 * By thread group. It is put in when the process is forked and taken out when its last thread ends, before its number can come again. `serial` is nobody else's
 * as long as the programs are loaded. `memory` is the process whose memory this one uses: its own, or after vfork that of its parent.
 */
struct recent { u64 file, inode, ino, seal; };
enum { RECENT_FILES = 8 };
struct memory { u64 serial; u32 tgid, dormant; };
struct tracked { u32 slot, pid; u64 serial; struct memory memory; u32 postponed, silent; struct recent recent[RECENT_FILES]; };
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 16384); __type(key, u32); __type(value, struct tracked); } tasks SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, MOST_RUNS); __type(key, u32); __type(value, struct run); } runs SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __uint(max_entries, MOST_RUNS); __type(key, u32); __type(value, struct counts); } counters SEC(".maps");

struct ring { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); };
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
  __uint(max_entries, MOST_RUNS);
  __uint(key_size, sizeof(u32));
  __array(values, struct ring);
} rings SEC(".maps");

/* The ring is the quick way; what it has no room for is kept here, and the follower asks for it by its number. */
struct kept { u8 bytes[KEPT_BYTES]; };
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 65536);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __type(key, struct kept_key);
  __type(value, struct kept);
} kept_events SEC(".maps");

/* An event is put together here: programs have 512 bytes of stack. One at a time: they run without preemption, and none interrupts another. */
#define SCRATCH 32768
#define TEXT_ROOM 16384
struct scratch { u8 bytes[SCRATCH]; };
struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct scratch); } scratches SEC(".maps");

static __always_inline struct scratch *scratch_get(void) {
  u32 zero = 0;
  return bpf_map_lookup_elem(&scratches, &zero);
}

/*
 * Since Linux 6.15 a table's lock is not waited for without end (rqspinlock): on a machine whose processors are taken away by another one's work an attempt may
 * fail. A process that is not put in is not seen, and one that is not taken out never ends.
 */
enum { TRIES = 8, ENOENT = 2 };

static __always_inline bool task_put(u32 tgid, const struct tracked *who, u64 flags) {
  for (int i = 0; i < TRIES; i++)
    if (bpf_map_update_elem(&tasks, &tgid, who, flags) == 0) return true;
  return false;
}

/* False: another thread has taken it out. */
static __always_inline bool task_take(u32 tgid) {
  for (int i = 0; i < TRIES; i++) {
    long result = bpf_map_delete_elem(&tasks, &tgid);
    if (result == 0 || result == -ENOENT) return result == 0;
  }
  return true;
}

static __always_inline struct tracked *tracked_now(void) {
  u32 tgid = bpf_get_current_pid_tgid() >> 32;
  return bpf_map_lookup_elem(&tasks, &tgid);
}

static __always_inline struct counts *counts_of(u32 slot) { return bpf_map_lookup_elem(&counters, &slot); }

/* `dropped`: told by nobody. */
static __always_inline void count_dropped(u32 slot, u64 dropped) {
  struct counts *counts = counts_of(slot);
  if (counts) counts->seen += dropped, counts->dropped += dropped;
}

static __always_inline void count_repeated(u32 slot) {
  struct counts *counts = counts_of(slot);
  if (counts) counts->seen++, counts->repeated++;
}

/*
 * Waking costs an interrupt: the follower looks by itself from time to time, and is woken when an eighth of the ring is full, or when the command has ended:
 * somebody waits for what it left running.
 */
#define RING_EIGHTH (2u << 20)

static __noinline bool send(struct scratch *scratch, u32 slot, u32 size, bool urgent) {
  struct counts *counts = counts_of(slot);
  struct run *run = bpf_map_lookup_elem(&runs, &slot);
  void *ring = bpf_map_lookup_elem(&rings, &slot);
  if (!scratch || !counts || !ring || !run) return false;
  counts->seen++;
  u64 flags = urgent || run->orphaned || bpf_ringbuf_query(ring, BPF_RB_AVAIL_DATA) > RING_EIGHTH ? BPF_RB_FORCE_WAKEUP : BPF_RB_NO_WAKEUP;
  size = (size + 7) & ~7u;
  if (size > SCRATCH) size = SCRATCH;
  struct kept_key key = {.slot = slot, .sequence = __sync_fetch_and_add(&run->next, 1)};
  ((struct event *)scratch)->size = size;
  ((struct event *)scratch)->sequence = key.sequence;
  if (bpf_ringbuf_output(ring, scratch, size & (SCRATCH - 1), flags) == 0) {
    counts->sent++;
    return true;
  }
  bool kept = size <= KEPT_BYTES && bpf_map_update_elem(&kept_events, &key, scratch, BPF_ANY) == 0;
  if (kept) counts->kept++;
  else counts->dropped++;
  return kept;
}

static __always_inline struct event *event_begin(struct scratch *scratch, const struct tracked *who, u16 kind) {
  struct event *event = (struct event *)scratch;
  __builtin_memset(event, 0, sizeof *event);
  event->kind = kind;
  event->pid = who->pid;
  return event;
}
#endif
