/*
 * Descriptors that need not be looked at again: terminals, pipes, sockets. A number stands for another file only after its close, or a dup2 over it, and these
 * stop; so what is no regular file stays none until then. Where others may change the table unseen, nothing is taken for granted.
 */
#include <linux/sched.h>
#include <string.h>
#include <unistd.h>

#include "supervise.h"

enum { KNOWN = 64 };

static uint64_t bit_of(int fd) { return fd >= 0 && fd < KNOWN ? 1ull << fd : 0; }

/*
 * A process stands still in its own call alone, until that is answered: looked at in another's, or when a child of its has ended, it may be in the middle of a close.
 */
static bool stands_still(const struct process *process) {
  return !library_inside && caller_waits && caller == process->pid && !process->threaded && !process->shares_files;
}

/*
 * A program with hundreds of open files and several threads would have all of them looked at for each file that it makes. What was there when an open was looked
 * for is not the result of a later one, until its number is let go of. A close that was let go on may happen at any time until its thread's next call; that of
 * what is mapped may not stop at all (filter.c), nor does any where the library is inside.
 */
static bool in_range(int fd) { return fd >= 0 && fd < MOST_KNOWN; }
static bool has(const uint64_t *bits, int fd) { return (bits[fd / 64] >> (fd % 64)) & 1; }
static void put(uint64_t *bits, int fd, bool value) {
  uint64_t bit = 1ull << (fd % 64);
  bits[fd / 64] = value ? bits[fd / 64] | bit : bits[fd / 64] & ~bit;
}

static bool is_closing(const struct process *process, int fd) {
  for (const struct thread *one = process->threads; one; one = one->sibling)
    if (one->closing == fd || one->closing == ALL_CLOSING) return true;
  return false;
}

bool descriptor_is_known(const struct process *process, int fd) { return in_range(fd) && has(process->known, fd); }

void descriptor_known(struct process *process, int fd) {
  bool seen = process->inside == OUTSIDE && !process->shares_files && !process->apart;
  if (seen && in_range(fd) && !has(process->mapped, fd) && !is_closing(process, fd)) put(process->known, fd, true);
}

void descriptors_unknown(struct process *process) {
  memset(process->known, 0, sizeof process->known);
  process->plain = 0;
}

int regular_fd(struct process *process, int fd, struct stamp *now) {
  bool certain = stands_still(process);
  if (certain && (process->plain & bit_of(fd))) return -1;
  int copy = remote_fd(process, fd);
  if (copy < 0) return -1;
  if (stamp_fd(copy, now) && is_regular(now)) return copy;
  if (certain) process->plain |= bit_of(fd);
  descriptor_known(process, fd);
  close(copy);
  return -1;
}

/* Which of the forks a child came from is not known when it makes its first call: what holds for all of them holds for it. */
void descriptors_forked(struct process *process, uint64_t flags) {
  process->shares_files |= !(flags & CLONE_THREAD) == !!(flags & CLONE_FILES);
  process->plain_at_forks &= process->plain;
}

void descriptors_inherited(struct process *child, const struct process *parent) {
  child->shares_files = parent->shares_files;
  child->plain = parent->forked && !parent->threaded ? parent->plain_at_forks : 0;
}

static void forget(struct thread *thread, int fd) {
  struct process *process = thread->process;
  process->plain &= ~bit_of(fd);
  thread->closing = fd;
  if (in_range(fd)) {
    put(process->known, fd, false);
    put(process->mapped, fd, false);
  }
  ring_closed(process, fd);
}

static void forget_all(struct thread *thread) {
  thread->closing = ALL_CLOSING;
  descriptors_unknown(thread->process);
}

static void note_mapped(struct process *process, int fd) {
  process->plain &= ~bit_of(fd);
  if (!in_range(fd)) return;
  put(process->known, fd, false);
  put(process->mapped, fd, true);
}

/* The call is about to do so; the close of what was mapped may not stop (filter.c). */
void descriptors_changed(const struct call *call) {
  struct thread *thread = call->thread;
  switch (call->id) {
    case CALL_CLOSE: forget(thread, (int)call->args[0]); break;
    case CALL_DUP2: case CALL_DUP3: forget(thread, (int)call->args[1]); break;
    case CALL_MMAP: note_mapped(thread->process, (int)call->args[4]); break;
    case CALL_CLOSE_RANGE: case CALL_EXECVE: case CALL_EXECVEAT: forget_all(thread); break;
    case CALL_NEW_PLACE: thread->process->shares_files = true; break;
    default: break;
  }
}
