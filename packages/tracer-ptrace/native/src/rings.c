/*
 * io_uring's queues, looked at as they are handed over. libuv makes one for epoll_ctl alone, so every Node program has a ring that hides no file. One whose
 * requests cannot be looked at, or that is given a file, is told.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "roar_rings.h"
#include "supervise.h"

enum { MOST_RINGS = 64 };

static struct ring {
  const struct process *process; /* NULL: a free place */
  int fd;
  uint64_t queue, requests; /* where they are mapped; 0: not seen yet */
  struct ring_settings has;
} rings[MOST_RINGS];
static int ring_count;

static void tell(struct process *process) {
  char program[PATH_BYTES];
  if (process->ring_told) return;
  link_of(process->pid, "exe", program, sizeof program);
  log_gap(process->pid, 1, "io-uring", text_of(program));
  process->ring_told = true;
}

static struct ring *ring_of(const struct process *process, int fd) {
  for (int i = 0; ring_count && i < MOST_RINGS; i++)
    if (rings[i].process == process && rings[i].fd == fd) return &rings[i];
  return NULL;
}

/* A number that comes again is another ring. After an exec there is none (they are closed by it). */
void ring_closed(const struct process *process, int fd) {
  for (int i = 0; ring_count && i < MOST_RINGS; i++)
    if (rings[i].process == process && (fd < 0 || rings[i].fd == fd)) {
      rings[i].process = NULL;
      ring_count--;
    }
}

static bool is_ring(const struct process *process, int fd) {
  char path[64];
  int copy = remote_fd(process, fd);
  if (copy < 0) return false;
  bool is = path_of_fd(copy, path, sizeof path) && strcmp(path, "anon_inode:[io_uring]") == 0;
  close(copy);
  return is;
}

static void find_new(struct process *process, int fd, void *found) {
  if (*(int *)found < 0 && !ring_of(process, fd) && is_ring(process, fd)) *(int *)found = fd;
}

static bool keep(const struct process *process, int fd, const struct ring_settings *has) {
  if (has->flags & (ROAR_RING_SQPOLL | ROAR_RING_NO_MMAP)) return false;
  for (int i = 0; i < MOST_RINGS; i++)
    if (!rings[i].process) {
      rings[i] = (struct ring){.process = process, .fd = fd, .has = *has};
      ring_count++;
      return true;
    }
  return false;
}

/* Asked for by the call before. Refused in most containers, and then no gap: only a ring among the descriptors is one. */
static void settle_made(struct thread *thread) {
  struct process *process = thread->process;
  struct ring_settings has;
  int fd = -1;
  uint64_t address = thread->ring_asked;
  thread->ring_asked = 0;
  each_fd(process, find_new, &fd);
  if (fd >= 0 && (!remote_read(thread->tid, address, &has, sizeof has) || !keep(process, fd, &has))) tell(process);
}

static bool is_taken(const struct process *process, uint64_t start) {
  for (int i = 0; i < MOST_RINGS; i++)
    if (rings[i].process == process && (rings[i].queue == start || rings[i].requests == start)) return true;
  return false;
}

/* Where the part lies that the call before has mapped: the one that belongs to no other ring. With two of them nothing is known. */
static uint64_t find_mapped(const struct process *process, uint64_t at) {
  char name[40], line[512];
  unsigned long long start, offset;
  uint64_t found = 0;
  snprintf(name, sizeof name, "/proc/%u/maps", process->pid);
  FILE *maps = fopen(name, "re");
  while (maps && fgets(line, sizeof line, maps)) {
    if (!strstr(line, "anon_inode:[io_uring]") || sscanf(line, "%llx-%*x %*s %llx", &start, &offset) != 2) continue;
    if (offset != at || is_taken(process, start)) continue;
    found = found ? UINT64_MAX : start;
  }
  if (maps) fclose(maps);
  return found == UINT64_MAX ? 0 : found;
}

static void settle_mapped(struct thread *thread) {
  struct ring *one = ring_of(thread->process, thread->ring_mapped);
  if (one && thread->ring_part == ROAR_RING_AT_QUEUE) one->queue = find_mapped(thread->process, thread->ring_part);
  if (one && thread->ring_part == ROAR_RING_AT_REQUESTS) one->requests = find_mapped(thread->process, thread->ring_part);
  thread->ring_mapped = 0;
}

void settle_ring(struct thread *thread) {
  if (thread->ring_asked) settle_made(thread);
  if (thread->ring_mapped) settle_mapped(thread);
}

void ring_making(const struct call *call) { call->thread->ring_asked = call->args[1]; }

void ring_mapping(const struct call *call) {
  if (!ring_of(call->process, (int)call->args[4])) return;
  call->thread->ring_mapped = (int)call->args[4];
  call->thread->ring_part = call->args[5];
}

static bool peek(void *into, uint64_t from, size_t size, void *tid) { return remote_read(*(const uint32_t *)tid, from, into, size); }

/* The kernel takes the requests when the call goes on. */
void ring_entering(const struct call *call) {
  const struct ring *one = ring_of(call->process, (int)call->args[0]);
  if (!(uint32_t)call->args[1] || call->process->ring_told) return;
  bool known = one && one->queue && one->requests && !((uint32_t)call->args[3] & ROAR_RING_ENTER_REGISTERED);
  if (!known || !ring_is_harmless(&one->has, one->queue, one->requests, (uint32_t)call->args[1], peek, &call->thread->tid)) tell(call->process);
}
