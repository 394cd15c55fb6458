/* The supervisor's loop: a call comes, is looked at, and always goes on. */
#include <errno.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "supervise.h"

#ifndef SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP
#define SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP (1ul << 0)
#define SECCOMP_IOCTL_NOTIF_SET_FLAGS _IOW('!', 4, uint64_t)
#endif

int listener_fd;

static void narrow_words(struct call *call) {
  for (int i = 0; i < 6; i++) call->args[i] = (uint32_t)call->args[i];
}

static void look(struct call *call) {
  switch (call->id) {
    case CALL_OPEN: case CALL_CREAT: case CALL_OPENAT: case CALL_OPENAT2: case CALL_OPEN_HANDLE: opening(call); break;
    case CALL_CLOSE: settle_fd(call->process, (int)call->args[0], true); break;
    case CALL_CLOSE_RANGE: settle_all(call->process); break;
    case CALL_DUP2: case CALL_DUP3:
      if (call->args[0] == call->args[1]) break;
      settle_fd(call->process, (int)call->args[1], true);
      written_duplicated(call->process, (int)call->args[0], (int)call->args[1]);
      break;
    case CALL_MMAP: mapping(call); break;
    case CALL_TRUNCATE: case CALL_FTRUNCATE: case CALL_FALLOCATE: resizing(call); break;
    case CALL_RENAME: case CALL_RENAMEAT: case CALL_RENAMEAT2: renaming(call); break;
    case CALL_LINK: case CALL_LINKAT: case CALL_SYMLINK: case CALL_SYMLINKAT: linking(call); break;
    case CALL_UNLINK: case CALL_UNLINKAT: case CALL_RMDIR: unlinking(call); break;
    case CALL_MKDIR: case CALL_MKDIRAT: case CALL_MKNOD: case CALL_MKNODAT: making(call); break;
    case CALL_SENDFILE: case CALL_COPY_FILE_RANGE: case CALL_SPLICE: case CALL_IOCTL: copying(call); break;
    case CALL_EXECVE: case CALL_EXECVEAT: executing(call); break;
    case CALL_EXIT: case CALL_EXIT_GROUP: exiting(call); break;
    case CALL_FORK: case CALL_CLONE: case CALL_CLONE3: forking(call); break;
    case CALL_KILL: case CALL_TKILL: case CALL_TGKILL: case CALL_PIDFD_SIGNAL: signalling(call); break;
    case CALL_NEW_PLACE: call->process->foreign_root = true; break;
    case CALL_IO_URING: fact_gap(call->process->pid, "io-uring", "io_uring_setup"); break;
    case CALL_SECCOMP: fact_gap(call->process->pid, "own-sandbox", "a filter with a listener of its own"); break;
    case CALL_IO_SUBMIT: case CALL_NONE: break;
  }
}

/* The descriptor that a call is about. */
static int named_by(const struct call *call) {
  switch (call->id) {
    case CALL_CLOSE: return (int)call->args[0];
    case CALL_DUP2: case CALL_DUP3: return (int)call->args[1];
    case CALL_MMAP: return (int)call->args[4];
    default: return -1;
  }
}

static void handle(const struct seccomp_notif *notice) {
  struct call call = {.id = call_of(notice->data.nr, notice->data.arch), .notification = notice->id};
  call.thread = thread_of(notice->pid);
  if (!call.thread) return;
  memcpy(call.args, notice->data.args, sizeof call.args);
#ifdef __x86_64__
  call.narrow = !(notice->data.arch & 0x80000000u) || notice->data.arch == 0x40000003u;
#endif
  if (call.narrow) narrow_words(&call);
  call.process = call.thread->process;
  process_count(call.process);
  image_settle(call.process);
  settle_pending(call.process, call.thread);
  settle_reads(call.process, named_by(&call));
  look(&call);
  call.process->last = call.process->now;
}

static void answer(uint64_t id) {
  struct seccomp_notif_resp reply = {.id = id, .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE};
  ioctl(listener_fd, SECCOMP_IOCTL_NOTIF_SEND, &reply);
}

/* ENOENT: the caller was killed meanwhile; nothing to look at. */
static void take_one(uint64_t *current) {
  struct seccomp_notif notice;
  memset(&notice, 0, sizeof notice);
  if (ioctl(listener_fd, SECCOMP_IOCTL_NOTIF_RECV, &notice) < 0) return;
  __atomic_store_n(current, notice.id, __ATOMIC_RELEASE);
  handle(&notice);
  answer(notice.id);
  __atomic_store_n(current, 0, __ATOMIC_RELEASE);
}

static void bury(void) {
  for (struct process *one = process_first(), *next; one; one = next) {
    struct pollfd ready = {one->pidfd, POLLIN, 0};
    next = one->next;
    if (one->pidfd >= 0 && poll(&ready, 1, 0) == 0) continue;
    if (!one->ended) {
      process_count(one);
      settle_dead(one);
    }
    process_free(one);
  }
}

void listen_until_end(int listener, uint64_t *current) {
  listener_fd = listener;
  /* The caller wakes up on the processor that it slept on (Linux 6.6): a fifth of the cost of waking another. */
  ioctl(listener, SECCOMP_IOCTL_NOTIF_SET_FLAGS, SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP);
  int calls = 0;
  for (;;) {
    struct pollfd ready = {listener, POLLIN, 0};
    int found = poll(&ready, 1, 1000);
    if (found < 0 && errno != EINTR) return;
    if (found > 0 && ready.revents & POLLIN) take_one(current);
    else if (found > 0 && ready.revents & (POLLHUP | POLLERR | POLLNVAL)) break;
    if (found == 0 || ++calls % 1024 == 0) bury();
  }
  bury();
}
