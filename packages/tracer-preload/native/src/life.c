/* One process, from its first hook to its end. */
#include <fcntl.h>
#include <sys/mman.h>

#include "roar.h"

#ifndef MADV_WIPEONFORK
#define MADV_WIPEONFORK 18
#endif

HOT static struct life still_life;
HOT struct life *life = &still_life;
HOT volatile int sharing_memory;
HOT int last_epoch;
HOT volatile bool had_children;

enum { UNBORN, BEING_BORN, ALIVE, OFF };
HOT static volatile int state = UNBORN;
HOT static volatile int inert;
HOT static uint32_t parent_pid;
HOT static bool told_end;

/* A pid namespace has numbers of its own; /proc still tells those of its mounter, as long as the program mounts no other there. */
static uint32_t number_outside(uint32_t pid) {
  char link[16];
  long length = SYS(SYS_readlinkat, AT_FDCWD, "/proc/self", link, sizeof link);
  uint32_t outside = 0;
  for (long i = 0; i < length && link[i] >= '0' && link[i] <= '9'; i++) outside = outside * 10 + (uint32_t)(link[i] - '0');
  return outside ? outside : pid;
}

uint32_t own_pid(void) {
  uint32_t pid = life->pid;
  /* In a vfork child the page is the parent's. */
  if (unlikely(sharing_memory || !pid)) pid = (uint32_t)SYS(SYS_getpid, 0);
  if (likely(pid == life->pid)) return life->outside;
  return unlikely(life->outside != life->pid) ? number_outside(pid) : pid;
}

bool borrowed(void) { return unlikely(sharing_memory) && (uint32_t)SYS(SYS_getpid, 0) != life->pid; }

void set_inert(bool on) { inert = on; }

static bool map_life(void) {
  long page = SYS(SYS_mmap, 0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page < 0 && page > -4096) return false;
  /* Without it (before Linux 4.14) a forked child would speak in its parent's name: then better not at all. */
  if (SYS(SYS_madvise, page, 4096, MADV_WIPEONFORK) < 0) return false;
  life = (struct life *)page;
  return true;
}

static void begin_life(void) {
  life->epoch = (uint32_t)++last_epoch;
  uint32_t pid = (uint32_t)SYS(SYS_getpid, 0);
  life->outside = number_outside(pid);
  __atomic_store_n(&life->pid, pid, __ATOMIC_RELEASE);
  parent_pid = life->outside;
  told_end = false;
  had_children = false;
}

static void start(void) {
  int unborn = UNBORN;
  if (!__atomic_compare_exchange_n(&state, &unborn, BEING_BORN, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) return;
  resolve_start();
  supervised_begin();
  if (!environ_claim() || !log_open(injection.log) || log_closed() || !map_life()) {
    supervised_end();
    state = OFF;
    return;
  }
  begin_life();
  __atomic_store_n(&state, ALIVE, __ATOMIC_RELEASE);
  within_begin();
  image_announce();
}

/* The first hook in a forked child: known by its wiped page, however it was forked. */
static void be_reborn(void) {
  uint32_t parent = parent_pid;
  scratch_reset();
  places_reset();
  log_reborn();
  sharing_memory = 0;
  begin_life();
  struct roar_fork *record = record_begin(ROAR_RECORD_FORK, sizeof *record);
  if (!record) return;
  record->parent = parent;
  record_end(record);
}

void about_to_fork(void) {
  had_children = true;
  if (live() && !borrowed()) within_settle(true);
}

static void tell_exit(int status) {
  struct roar_exit *record = record_begin(ROAR_RECORD_EXIT, sizeof *record);
  if (!record) return;
  record->status = status;
  record_end(record);
}

/* Its memory is its parent's, and so is this mark. */
void introduce_borrowed(void) {
  HOT static uint32_t introduced;
  uint32_t pid = own_pid();
  if (introduced == pid) return;
  introduced = pid;
  struct roar_fork *record = record_begin(ROAR_RECORD_FORK, sizeof *record);
  if (!record) return;
  record->parent = life->outside;
  record_end(record);
}

/*
 * The page of a child is wiped by the kernel; under an emulator of programs (qemu-user) it is not, although the emulator says so. Where libc's own fork
 * brings the child back to us we need not rely on it.
 */
void forked(long child) {
  if (child == 0) __atomic_store_n(&life->pid, 0, __ATOMIC_RELEASE);
  else note_child(child);
}

/* The recorder must know of a child before its first hook: until then it could not say that the child lives on. */
void note_child(long child) {
  /* In a pid namespace the number is the inner one, which names somebody else outside. */
  if (child <= 0 || !live() || life->pid != life->outside) return;
  uint32_t self = own_pid();
  struct roar_fork *record = record_begin(ROAR_RECORD_FORK, sizeof *record);
  if (!record) return;
  record->record.pid = record->record.tid = (uint32_t)child;
  record->record.flags = ROAR_FLAG_FOR_CHILD;
  record->parent = self == (uint32_t)child ? life->outside : self;
  record_end(record);
}

bool live(void) {
  if (unlikely(state != ALIVE)) {
    if (state == UNBORN) start();
    if (state != ALIVE) return false;
  }
  if (unlikely(inert)) return false;
  if (unlikely(!__atomic_load_n(&life->pid, __ATOMIC_ACQUIRE))) be_reborn();
  return !log_closed();
}

/* libc has no more hooks for us after this, but still flushes its streams: what is open is settled by the reader. */
void end_process(int status) {
  if (!live()) return;
  if (borrowed()) return tell_exit(status);
  if (told_end) return;
  told_end = true;
  image_objects();
  settle_all();
  tell_exit(status);
}

HOT static int end_status;
HOT static bool handles_end;

void note_status(int status) { end_status = status; }
bool hears_of_end(void) { return handles_end; }

static void note_return(int status, void *unused) {
  (void)unused;
  end_process(status);
}

__attribute__((constructor)) static void on_load(void) {
  /* Begun before libc was: its environment still holds our words. */
  if (state == ALIVE) environ_claim();
  if (!live()) return;
  /* glibc alone tells the status, wherever exit was called from. Registered before the loader's own end is (__libc_start_main), it is called behind all destructors. */
  int (*register_end)(void (*)(int, void *), void *) = REAL(on_exit, int (*)(void (*)(int, void *), void *));
  handles_end = register_end && register_end(note_return, NULL) == 0;
}

__attribute__((destructor)) static void on_unload(void) {
  if (!handles_end) end_process(end_status);
}
