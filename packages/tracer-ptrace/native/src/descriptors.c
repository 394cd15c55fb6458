/*
 * Descriptors that need not be looked at again: terminals, pipes, sockets. A number stands for another file only after its close, or a dup2 over it, and these
 * stop; so what is no regular file stays none until then. Where others may change the table unseen, nothing is taken for granted.
 */
#include <linux/sched.h>
#include <unistd.h>

#include "supervise.h"

enum { KNOWN = 64 };

static uint64_t bit_of(int fd) { return fd >= 0 && fd < KNOWN ? 1ull << fd : 0; }

/* A process stands still in its own call alone: looked at in another's, it may be in the middle of a close. */
static bool stands_still(const struct process *process) { return !library_inside && caller == process->pid && !process->threaded && !process->shares_files; }

int regular_fd(struct process *process, int fd, struct stamp *now) {
  bool certain = stands_still(process);
  if (certain && (process->plain & bit_of(fd))) return -1;
  int copy = remote_fd(process, fd);
  if (copy < 0) return -1;
  if (stamp_fd(copy, now) && is_regular(now)) return copy;
  if (certain) process->plain |= bit_of(fd);
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

static void forget(struct process *process, int fd) {
  process->plain &= ~bit_of(fd);
  ring_closed(process, fd);
}

/* The call is about to do so; the close of what was mapped may not stop (filter.c). */
void descriptors_changed(const struct call *call) {
  struct process *process = call->process;
  switch (call->id) {
    case CALL_CLOSE: forget(process, (int)call->args[0]); break;
    case CALL_DUP2: case CALL_DUP3: forget(process, (int)call->args[1]); break;
    case CALL_MMAP: process->plain &= ~bit_of((int)call->args[4]); break;
    case CALL_CLOSE_RANGE: process->plain = 0; break;
    case CALL_NEW_PLACE: process->shares_files = true; break;
    default: break;
  }
}
