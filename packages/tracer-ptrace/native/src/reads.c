/*
 * What was read, without a stop at any read. The kernel counts each process's reads (/proc/PID/io): where they rose since the last call, positions tell which
 * files they came from. What no position explains (pread, a read and a step back) came from those open files that had not been read yet.
 */
#include <elf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "supervise.h"

enum { MOST_CANDIDATES = 64 };

/* What may explain the bytes that no position of the process's own explains, best first. */
enum how { KNOWN, SHARED, UNMOVED, EMPTY, WRITTEN, EXHAUSTED };

struct reading {
  uint64_t bytes, unexplained;
  uint64_t ahead; /* what may have been read ahead of a position, and stepped back over: shells do */
  uint64_t calls, explained;
  bool object;    /* the file of this call is one that is loaded */
  uint64_t table; /* bytes of its program headers that lie behind its head; 0: none */
  const struct copy *copied; /* its source has moved without a read; NULL: none */
  bool wrote;
  uint64_t moved; /* by those that explain it */
  int named;  /* the descriptor that was looked at first */
  int count;
  struct { enum how how; int fd; uint64_t moved; } found[MOST_CANDIDATES];
};

static bool is_installed(const char *path) { return strncmp(path, "/usr/lib", 8) == 0 || strncmp(path, "/lib", 4) == 0; }

static bool concerns(const struct pending *pending, const char *path, const struct stamp *stamp) {
  return pending->through_link || !pending->path || strcmp(pending->path, path) == 0 || same_file(&pending->before, stamp);
}

static void settle_opens_of(struct process *process, const char *path, const struct stamp *stamp) {
  for (struct thread *one = process->threads; one; one = one->sibling)
    if (one->pending.active && (!path || concerns(&one->pending, path, stamp))) {
      settle_pending(process, NULL);
      return;
    }
}

/*
 * An open of another thread, or of another process, may have ended since its descriptors were looked at: that it made or cut the file is told before anybody reads
 * it. What is older than the job nobody has made or cut.
 */
static void settle_opens(struct process *process, const char *path, const struct stamp *stamp) {
  settle_opens_of(process, NULL, stamp);
  if (stamp->ctime_ns < job_since) return;
  for (struct process *one = process_first(); one; one = one->next)
    if (one != process && !one->ended) settle_opens_of(one, path, stamp);
}

/* The system's own libraries are told once in a job, by whoever meets them first. */
static uint64_t system_files[4096];

static uint64_t key_of(const struct stamp *stamp) { return stamp->ino * 0x9e3779b97f4a7c15ull ^ stamp->dev; }
static uint64_t *slot_of(uint64_t key) { return &system_files[(key >> 20) % 4096]; }

/* The preload library, which a loader reads before anything of it runs: none of the job's files. */
static struct stamp library;

void note_library(void) {
  const char *words = getenv("LD_PRELOAD"), *last = words ? strrchr(words, ':') : NULL;
  if (words) stamp_path(AT_FDCWD, last ? last + 1 : words, 0, &library);
}

bool read_is_told(const struct process *process, const struct stamp *stamp) {
  return (library_inside && library.ino && same_file(stamp, &library)) || *slot_of(key_of(stamp)) == key_of(stamp) || was_told(process, stamp, ROAR_ACCESS_READ);
}

void tell_read(struct process *process, int copy, const struct stamp *stamp, uint32_t access) {
  char path[PATH_BYTES];
  if (read_is_told(process, stamp) || !path_of_file(process, copy, stamp, path)) return;
  tell_read_by(process, path, stamp, access);
}

void tell_read_by(struct process *process, const char *path, const struct stamp *stamp, uint32_t access) {
  if (read_is_told(process, stamp)) return;
  settle_opens(process, path, stamp);
  if (told_once(process, stamp, ROAR_ACCESS_READ)) return;
  if (is_installed(path)) *slot_of(key_of(stamp)) = key_of(stamp);
  /* Read and then written in place, and seen only now: what was read is what stood there when it was opened. */
  const struct written *one = written_find(process, stamp);
  if (one && !one->created) stamp = &one->before;
  fact_file(ROAR_RECORD_FILE, process->pid, path, stamp, access | (stamp->links == 0 ? ROAR_ACCESS_UNNAMED : 0));
  links_tell(process->pid, path, stamp);
}

struct position *position_of(struct process *process, int fd, const struct stamp *now) {
  for (int i = 0; i < process->position_count; i++) {
    struct position *one = &process->positions[i];
    if (one->fd == fd && one->dev == now->dev && one->ino == now->ino) return one;
  }
  return NULL;
}

static void remember(struct process *process, int fd, const struct stamp *now, int64_t offset) {
  struct position *one = position_of(process, fd, now);
  for (int i = 0; !one && i < process->position_count; i++)
    if (process->positions[i].fd == fd) one = &process->positions[i];
  if (!one && process->position_count < MOST_POSITIONS) one = &process->positions[process->position_count++];
  if (one) *one = (struct position){fd, now->dev, now->ino, offset, one->shared && one->ino == now->ino};
}

/* By a copy inside the kernel, which is told by itself. */
void position_moved(struct process *process, int fd) {
  struct stamp now;
  int copy = remote_fd(process, fd);
  if (copy >= 0 && stamp_fd(copy, &now)) remember(process, fd, &now, lseek(copy, 0, SEEK_CUR));
  if (copy >= 0) close(copy);
}

static void keep(const struct process *process, struct reading *reading, enum how how, int fd, uint64_t moved, const struct stamp *now) {
  bool told = was_told(process, now, ROAR_ACCESS_READ);
  if (told && how == SHARED) how = KNOWN;
  if (reading->count == MOST_CANDIDATES || (told && how != KNOWN)) return;
  reading->found[reading->count].how = how;
  reading->found[reading->count].fd = fd;
  reading->found[reading->count++].moved = moved;
}

static void explain(struct process *process, int copy, const struct stamp *now, uint64_t moved, struct reading *reading) {
  reading->unexplained -= moved < reading->unexplained ? moved : reading->unexplained;
  reading->explained++;
  reading->moved += moved;
  tell_read(process, copy, now, ROAR_ACCESS_READ | ROAR_ACCESS_INFERRED);
}

static bool moved_by_writing(struct process *process, int flags, const struct stamp *now, const struct reading *reading) {
  const struct written *one = reading->wrote && (flags & O_ACCMODE) == O_RDWR ? written_find(process, now) : NULL;
  return one && (one->created || !same_version(&one->before, now));
}

/* One that was found at its end has no more to give to a plain read. */
static enum how how_still(const struct stamp *now, int64_t offset) {
  if (!now->size) return EMPTY;
  return offset > 0 && (uint64_t)offset >= now->size ? EXHAUSTED : UNMOVED;
}

static void weigh(struct process *process, int fd, int copy, int flags, const struct stamp *seen, struct reading *reading) {
  const struct copy *copied = reading->copied;
  struct stamp now = *seen;
  if ((flags & O_PATH) || (flags & O_ACCMODE) == O_WRONLY) return;
  const struct position *known = position_of(process, fd, &now);
  int64_t offset = lseek(copy, 0, SEEK_CUR), before = known ? known->offset : 0;
  uint64_t moved = offset > before ? (uint64_t)(offset - before) : 0;
  /* Without a byte read by us it was moved by lseek, or by whoever has a copy. */
  if (offset != before && !reading->bytes) offset = before;
  if (offset == before) keep(process, reading, how_still(&now, offset), fd, 0, &now);
  else if (moved_by_writing(process, flags, &now, reading)) {
    /* What was there, and empty, had nothing to be read but the process's own bytes. */
    const struct written *one = written_find(process, &now);
    if (one->created || one->before.size) keep(process, reading, WRITTEN, fd, 0, &now);
  }
  else if ((known && known->shared) || (copied && same_file(&copied->from, &now))) keep(process, reading, SHARED, fd, moved, &now);
  else {
    explain(process, copy, &now, moved, reading);
    if (now.size > (uint64_t)offset) reading->ahead += now.size - (uint64_t)offset;
  }
  if (offset != before || !known) remember(process, fd, &now, offset);
}

static void visit(struct process *process, int fd, void *context) {
  struct reading *reading = context;
  struct stamp now;
  int copy = fd == reading->named ? -1 : regular_fd(process, fd, &now);
  if (copy < 0) return;
  weigh(process, fd, copy, fcntl(copy, F_GETFL), &now, reading);
  close(copy);
}

static void tell_found(struct process *process, struct reading *reading, enum how how) {
  struct stamp now;
  for (int i = 0; i < reading->count; i++) {
    if (reading->found[i].how != how) continue;
    if (how == SHARED && !reading->unexplained) return;
    /* Moved by more than this process has read since: the other one's doing, unless threads that were not asked yet have read, too. */
    bool too_far = how == SHARED && reading->found[i].moved > reading->unexplained;
    if (too_far && !process->threaded) continue;
    if (too_far) reading->found[i].moved = 0;
    int copy = remote_fd(process, reading->found[i].fd);
    if (copy >= 0 && stamp_fd(copy, &now)) explain(process, copy, &now, reading->found[i].moved, reading);
    if (copy >= 0) close(copy);
  }
}

/* Any of them may have given the rest: one that is told wrongly is marked as concluded, one that is not told would be missed. */
static void tell_likely(struct process *process, struct reading *reading) {
  uint64_t explained = reading->explained;
  tell_found(process, reading, UNMOVED);
  tell_found(process, reading, WRITTEN);
  if (reading->explained == explained) tell_found(process, reading, EXHAUSTED);
}

/* By what is known: no byte is left, or what is left was read ahead by the very calls that moved the positions. */
static bool is_explained(const struct reading *reading) {
  if (!reading->bytes) return false;
  return !reading->unexplained || (reading->unexplained <= reading->ahead && reading->calls <= reading->explained);
}

/* What glibc's loader reads of an object at once (FILEBUF_SIZE of elf/dl-load.h), of its notes at most, and what the kernel reads of a program and its loader. */
enum { LOADER_HEAD = 832, LOADER_NOTES = 256, KERNEL_READS = 8192 };

/*
 * The loader reads the head of an object, and by pread what does not fit there: program headers once or twice, and notes; of the system's objects libc alone has so
 * many. What no position explains then is of that object, and of nothing else that is open.
 */
static void expect_loader(int copy, struct reading *reading) {
  union { Elf64_Ehdr wide; Elf32_Ehdr narrow; } head;
  if (!reading->explained || !reading->unexplained) return;
  if (pread(copy, &head, sizeof head, 0) != sizeof head || memcmp(&head, ELFMAG, SELFMAG) != 0) return;
  bool wide = head.wide.e_ident[EI_CLASS] == ELFCLASS64;
  uint64_t from = wide ? head.wide.e_phoff : head.narrow.e_phoff;
  uint64_t size = wide ? head.wide.e_phnum * head.wide.e_phentsize : head.narrow.e_phnum * head.narrow.e_phentsize;
  reading->object = true;
  reading->table = from + size > LOADER_HEAD ? size : 0;
}

static bool is_table(const struct reading *reading) {
  return reading->table && (reading->unexplained == reading->table || reading->unexplained == 2 * reading->table);
}

/* Nobody else need be looked at. The first object of a fresh image is loaded before anything of the program has run. */
static bool is_loading(const struct reading *reading, bool fresh) {
  if (fresh) return reading->object && reading->unexplained <= KERNEL_READS;
  return is_table(reading) && reading->calls <= reading->explained + 2;
}

static void explain_notes(struct reading *reading) {
  if (reading->table && reading->unexplained <= 2 * reading->table + LOADER_NOTES) reading->unexplained = 0;
}

/* The counts are of calls that the library has seen, too: only the file of this very call is looked at. */
static void settle_mixed(struct process *process, int copy, bool has_read) {
  struct stamp now;
  if (copy < 0 || !stamp_fd(copy, &now) || !is_regular(&now)) return;
  if (lseek(copy, 0, SEEK_CUR) > 0 || has_read) tell_read(process, copy, &now, ROAR_ACCESS_READ | ROAR_ACCESS_INFERRED);
}

/* `named`: the descriptor of the call under way, the likeliest, with our copy of it, its state and its flags; -1: none. */
void settle_reads(struct thread *thread, int named, int copy, const struct stamp *seen, int flags) {
  struct process *process = thread->process;
  struct counts last = thread->last;
  bool fresh = process->fresh, copied = thread->copy.active && thread->copy.counted;
  thread->last = thread->now;
  process->fresh = false;
  if (process->inside == INSIDE) {
    settle_mixed(process, copy, thread->now.reads != last.reads);
    return;
  }
  if (thread->now.reads == last.reads && thread->now.read_bytes == last.read_bytes) return;
  uint64_t bytes = thread->now.read_bytes - last.read_bytes;
  static struct reading reading;
  reading = (struct reading){.bytes = bytes, .unexplained = bytes, .wrote = thread->now.writes != last.writes, .named = -1};
  reading.calls = thread->now.reads - last.reads;
  reading.copied = thread->copy.active ? &thread->copy : NULL;
  if (named >= 0) {
    weigh(process, named, copy, flags, seen, &reading);
    reading.named = named;
    row_explained(thread, reading.explained == 1 && reading.moved == bytes, reading.calls);
    expect_loader(copy, &reading);
  }
  if (is_explained(&reading) || is_loading(&reading, fresh)) return;
  each_fd(process, visit, &reading);
  /* A shell reads its script ahead and steps back: what it was seen to read before explains the rest. */
  for (int i = 0; i < reading.count; i++)
    if (reading.found[i].how == KNOWN) return;
  if (is_table(&reading)) reading.unexplained = 0;
  tell_found(process, &reading, SHARED);
  explain_notes(&reading);
  /* The kernel's own reads of a program it starts are counted as the program's; a copy is told by itself. */
  if (fresh || copied) return;
  if (is_explained(&reading)) return;
  if (bytes == 0) tell_found(process, &reading, EMPTY);
  else if (reading.unexplained) tell_likely(process, &reading);
}

/*
 * Who closes a file may not be who read it: threads are asked where the file was not told yet. What one of them had read of another file may count for this one; so
 * once counts were taken like that, a position that has moved is proof enough, and no longer suspected to have moved by lseek.
 */
void settle_threads(struct thread *own, int named, int copy, const struct stamp *stamp, int flags) {
  struct process *process = own->process;
  if (!process->threaded || was_told(process, stamp, ROAR_ACCESS_READ)) return;
  process_count_all(process);
  for (struct thread *one = process->threads; one; one = one->sibling) {
    if (one == own) continue;
    process->mingled |= one->now.reads != one->last.reads;
    settle_reads(one, named, copy, stamp, flags);
  }
  if (process->mingled && (flags & O_ACCMODE) == O_RDONLY && lseek(copy, 0, SEEK_CUR) > 0 && !position_of(process, named, stamp))
    tell_read(process, copy, stamp, ROAR_ACCESS_READ | ROAR_ACCESS_INFERRED);
}
