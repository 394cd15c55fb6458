/* Who is there: threads by their numbers, processes with what they hold open for writing. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "supervise.h"

enum { BUCKETS = 4096, TOLD_SLOTS = 1 << 15, NOT_OPENED = -2 };
static struct thread *threads[BUCKETS];
static struct process *processes;
static uint64_t serials;
uint64_t job_since;

struct process *process_first(void) { return processes; }

struct process *process_find(uint32_t pid) {
  for (struct process *one = processes; one; one = one->next)
    if (one->pid == pid) return one;
  return NULL;
}

static uint32_t number_behind(const char *text, const char *label) {
  const char *at = strstr(text, label);
  return at ? (uint32_t)strtoul(at + strlen(label), NULL, 10) : 0;
}

/* struct pidfd_info of linux/pidfd.h, which libcs have only lately. */
struct kin_info { uint64_t mask, cgroup; uint32_t pid, group, parent, ids[8]; int32_t exit_code; };
#define ASK_KIN _IOWR(0xFF, 11, struct kin_info) /* PIDFD_GET_INFO, Linux 6.13 */

/* Most new numbers are those of processes, whose descriptor tells at once; a thread's cannot be opened like this. */
static bool kin_by_pidfd(uint32_t tid, int *pidfd, uint32_t *group, uint32_t *parent) {
  struct kin_info info = {.mask = 1};
  *pidfd = (int)syscall(SYS_pidfd_open, tid, 0);
  if (*pidfd < 0 || ioctl(*pidfd, ASK_KIN, &info) < 0) return false;
  *group = info.group;
  *parent = info.parent;
  return info.group != 0;
}

/* Thread group and parent, from the one file of /proc that tells both. Its formatting costs ten microseconds, so it is read once a thread; false when the thread is gone. */
static bool kin(uint32_t tid, uint32_t *group, uint32_t *parent) {
  char path[40], text[1024];
  snprintf(path, sizeof path, "/proc/%u/status", tid);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  ssize_t got = read(fd, text, sizeof text - 1);
  close(fd);
  if (got <= 0) return false;
  text[got] = 0;
  *group = number_behind(text, "\nTgid:");
  *parent = number_behind(text, "\nPPid:");
  return *group != 0;
}

static int io_of(uint32_t pid, uint32_t tid) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%u/task/%u/io", pid, tid);
  return open(path, O_RDONLY | O_CLOEXEC);
}

/*
 * Undumpable (prctl(2)), as a program that keeps keys makes itself and as one is whose file may be executed but not read: nobody but root may look into it. What such
 * a process does goes unseen, unless the library is in it, which tells of it all the same.
 */
static void refused(struct process *process) {
  char path[40], name[32] = "";
  if (process->opaque || (library_inside && (process->greeted || process->inside == INSIDE))) return;
  process->opaque = true;
  snprintf(path, sizeof path, "/proc/%u/comm", process->pid);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t got = fd < 0 ? -1 : read(fd, name, sizeof name - 1);
  if (fd >= 0) close(fd);
  if (got > 0) name[got - 1] = 0;
  log_gap(process->pid, 1, "opaque-program", text_of(name));
}

/* A thread's own: the process's sum holds those of its reaped children too. One that was refused may execute another program. */
bool thread_count(struct thread *thread) {
  char text[256];
  errno = 0;
  if (thread->io < 0) thread->io = io_of(thread->process->pid, thread->tid);
  ssize_t got = thread->io < 0 ? -1 : pread(thread->io, text, sizeof text - 1, 0);
  if (got < 0 && errno == EACCES) refused(thread->process);
  if (got <= 0) return false;
  text[got] = 0;
  unsigned long long values[4] = {0}; /* rchar, wchar, syscr, syscw: in that order, what lies behind is of no use (proc_pid_io(5)) */
  char *at = text;
  for (int i = 0; i < 4 && (at = strchr(at, ' ')); i++) values[i] = strtoull(at, &at, 10);
  thread->process->written_bytes += values[1] - thread->now.written_bytes;
  thread->now = (struct counts){values[0], values[1], values[2], values[3]};
  return true;
}

static void each_thread(struct process *process, void (*visit)(struct process *, int, void *)) {
  char path[40];
  snprintf(path, sizeof path, "/proc/%u/task", process->pid);
  each_number(AT_FDCWD, path, visit, process, NULL);
}

static void count_one(struct process *process, int tid, void *unused) {
  (void)unused;
  struct thread *thread = thread_of((uint32_t)tid);
  if (thread && thread->process == process) thread_count(thread);
}

void process_count_all(struct process *process) { each_thread(process, count_one); }

/* Children that have made no call yet must be known before their parent's end takes them out of sight (CONFIG_PROC_CHILDREN). */
static void meet_children(struct process *process, int tid, void *unused) {
  (void)unused;
  char path[64], text[4096];
  snprintf(path, sizeof path, "/proc/%u/task/%d/children", process->pid, tid);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t got = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
  if (fd >= 0) close(fd);
  if (got <= 0) return;
  text[got] = 0;
  for (char *at = text, *end; *at; at = end) {
    uint32_t child = (uint32_t)strtoul(at, &end, 10);
    if (end == at) return;
    if (child) thread_of(child);
  }
}

void process_meet_children(struct process *process) { each_thread(process, meet_children); }

/* What a child has open for writing it has from its parent; what the parent did with it was not the child's doing. */
static void inherit(struct process *child, const struct process *parent) {
  for (int i = 0; i < parent->written_count; i++) {
    struct written *copy = &child->written[child->written_count++];
    *copy = parent->written[i];
    copy->base = 0;
    copy->shared = true;
    copy->path = copy->path ? strdup(copy->path) : NULL;
  }
  memcpy(child->positions, parent->positions, sizeof child->positions);
  child->position_count = parent->position_count;
  child->foreign_root = parent->foreign_root;
  child->foreign_mounts = parent->foreign_mounts;
  child->inside = parent->inside;
  child->mixed = parent->mixed;
  child->image = parent->image;
  child->image_serial = parent->image_serial;
  descriptors_inherited(child, parent);
  child->loader = parent->loader;
  child->told_count = parent->told_count;
  memcpy(child->told, parent->told, sizeof child->told);
}

/* Numbers are those of the supervisor's pid namespace, whichever the program has (the listener translates them). */
static struct process *process_begin(uint32_t pid, uint32_t parent, int pidfd) {
  struct process *process = calloc(1, sizeof *process);
  if (!process) return NULL;
  process->pid = pid;
  process->parent = parent;
  process->serial = ++serials;
  process->plain_at_forks = ~0ull;
  struct timespec now;
  clock_gettime(CLOCK_REALTIME_COARSE, &now);
  process->since = (uint64_t)now.tv_sec * NS_PER_S + (uint64_t)now.tv_nsec;
  if (!job_since) job_since = process->since;
  process->pidfd = pidfd >= 0 ? pidfd : (int)syscall(SYS_pidfd_open, pid, 0);
  struct process *kin = process_find(parent);
  if (kin) {
    inherit(process, kin);
    if (process->inside != INSIDE) log_fork(pid, parent, 0);
  }
  process->next = processes;
  processes = process;
  return process;
}

/* A number that comes again after its process ended is another process: `ended` is told by exit, or by its pidfd (bury, in listen.c). */
struct thread *thread_of(uint32_t tid) {
  for (struct thread *one = threads[tid % BUCKETS]; one; one = one->next)
    if (one->tid == tid && !one->process->ended) return one;
  uint32_t group, parent;
  int pidfd;
  if (!kin_by_pidfd(tid, &pidfd, &group, &parent) && !kin(tid, &group, &parent)) {
    if (pidfd >= 0) close(pidfd);
    return NULL;
  }
  struct process *process = process_find(group);
  if (process && process->ended) {
    process_free(process);
    process = NULL;
  }
  if (!process && group == tid) process = process_begin(group, parent, pidfd);
  else if (pidfd >= 0) close(pidfd);
  if (!process) process = process_begin(group, parent, -1);
  struct thread *thread = process ? calloc(1, sizeof *thread) : NULL;
  if (!thread) return NULL;
  thread->tid = tid;
  thread->pidfd = -1;
  thread->closing = NONE_CLOSING;
  thread->io = process->inside == INSIDE ? NOT_OPENED : io_of(group, tid);
  thread->process = process;
  thread->next = threads[tid % BUCKETS];
  threads[tid % BUCKETS] = thread;
  thread->sibling = process->threads;
  process->threads = thread;
  if (!process->begun) {
    process->begun = true;
    /* What the first process read and wrote before was not the command's. */
    if (!process_find(process->parent)) {
      thread_count(thread);
      thread->last = thread->now;
      process->written_bytes = 0;
    }
  }
  return thread;
}

/* Its last change of a name may have happened without another call of its own. */
static void thread_free(struct thread *thread) {
  struct thread **at = &threads[thread->tid % BUCKETS];
  while (*at && *at != thread) at = &(*at)->next;
  if (*at) *at = thread->next;
  change_drop(thread);
  copy_drop(thread);
  free(thread->pending.path);
  if (thread->io >= 0) close(thread->io);
  if (thread->pidfd >= 0) close(thread->pidfd);
  free(thread);
}

/* After an exec only the leader is left; `but` 0: none. */
void process_forget_threads(struct process *process, uint32_t but) {
  struct thread **at = &process->threads;
  while (*at) {
    struct thread *one = *at;
    if (one->tid == but) {
      at = &one->sibling;
      continue;
    }
    *at = one->sibling;
    if (process->apart == one) process->apart = NULL;
    thread_free(one);
  }
}

void process_free(struct process *process) {
  struct process **at = &processes;
  while (*at && *at != process) at = &(*at)->next;
  if (*at) *at = process->next;
  process_forget_threads(process, 0);
  ring_closed(process, -1);
  for (int i = 0; i < process->written_count; i++) free(process->written[i].path);
  free(process->exec_path);
  if (process->pidfd >= 0) close(process->pidfd);
  free(process);
}

/* Two facts that meet in one slot are told again, no more. */
static uint8_t lives[1 << 16];

static uint8_t *life_of(const struct stamp *stamp) { return &lives[(stamp->ino ^ (stamp->ino >> 16) ^ stamp->dev) & 0xffff]; }

/* A file system gives the number of a removed file to the next one. */
static uint64_t made[1 << 14];

static uint64_t identity(const struct stamp *stamp) { return stamp->ino * 0x9e3779b97f4a7c15ull ^ stamp->dev; }

void told_again(const struct stamp *stamp) {
  ++*life_of(stamp);
  made[identity(stamp) >> 50] = identity(stamp);
}

bool made_here(const struct stamp *stamp) { return made[identity(stamp) >> 50] == identity(stamp); }

static uint64_t told[TOLD_SLOTS];

static uint64_t told_key(const struct process *process, const struct stamp *stamp, uint32_t access) {
  /* Bits of several words over each other: a wrong match only hides a fact, so everything that tells two facts apart is in it, and then mixed. */
  uint64_t key = (stamp->ino * 0x9e3779b97f4a7c15ull) ^ (stamp->dev << 20) ^ ((process ? process->serial : 0) << 36) ^ ((uint64_t)*life_of(stamp) << 24) ^ access;
  key *= 0xbf58476d1ce4e5b9ull;
  return key;
}

bool was_told(const struct process *process, const struct stamp *stamp, uint32_t access) {
  uint64_t key = told_key(process, stamp, access);
  return told[(key >> 20) % TOLD_SLOTS] == key;
}

bool told_once(const struct process *process, const struct stamp *stamp, uint32_t access) {
  uint64_t key = told_key(process, stamp, access), *slot = &told[(key >> 20) % TOLD_SLOTS];
  if (*slot == key) return true;
  *slot = key;
  return false;
}
