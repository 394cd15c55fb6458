/* The supervisor's loop: a call comes, is looked at, and always goes on. */
#include <errno.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "supervise.h"

#ifndef SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP
#define SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP (1ul << 0)
#define SECCOMP_IOCTL_NOTIF_SET_FLAGS _IOW('!', 4, uint64_t)
#endif

int listener_fd = -1;

/* A thread may take a table of descriptors of its own; only its own pidfd (PIDFD_THREAD, Linux 6.9) leads there. */
#define UNSHARE_FILES 0x400u
#define PIDFD_OF_THREAD O_EXCL

static bool parts_descriptors(const struct call *call) {
  if (call->id == CALL_CLOSE_RANGE) return (call->args[2] & 2 /* CLOSE_RANGE_UNSHARE */) != 0;
  return call->id == CALL_NEW_PLACE && (call->args[0] & UNSHARE_FILES);
}

static void part(struct thread *thread) {
  if (thread->pidfd < 0 && thread->tid != thread->process->pid) thread->pidfd = (int)syscall(SYS_pidfd_open, thread->tid, PIDFD_OF_THREAD);
}

/* The upper halves of a 32-bit program's words are not defined. */
static void narrow_words(struct call *call) {
  for (int i = 0; i < 6; i++) call->args[i] = (uint32_t)call->args[i];
}

/* The kernel will refuse it: the program does not run as it does alone, and the record says so. */
void sandbox_refused(const struct call *call) {
  bool listener = call->id == CALL_SECCOMP && call->args[0] != 0;
  log_gap(call->process->pid, 1, "own-sandbox", text_of(listener ? "a filter with a listener of its own" : "strict mode is refused"));
}

static void look(struct call *call) {
  switch (call->id) {
    case CALL_OPEN: case CALL_CREAT: case CALL_OPENAT: case CALL_OPENAT2: case CALL_OPEN_HANDLE: opening(call); break;
    case CALL_CLOSE: settle_end(call->thread, (int)call->args[0]); break;
    case CALL_CLOSE_RANGE:
      settle_all(call->process, true);
      if (call->process->inside == INSIDE) settle_moved(call->process);
      break;
    case CALL_DUP2: case CALL_DUP3:
      if (call->args[0] == call->args[1]) break;
      settle_end(call->thread, (int)call->args[1]);
      written_duplicated(call->process, (int)call->args[0], (int)call->args[1]);
      break;
    case CALL_MMAP: ring_mapping(call); mapping(call); break;
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
    case CALL_NEW_PLACE: call->process->foreign_root = call->process->foreign_mounts = true; break;
    case CALL_IO_URING: ring_making(call); break;
    case CALL_RING_ENTER: ring_entering(call); break;
    case CALL_SECCOMP: case CALL_STRICT: sandbox_refused(call); break;
    case CALL_IO_SUBMIT: submitting(call); break;
    /* The row that it may have ended keeps its directory busy no more. */
    case CALL_LEAVE_MOUNT: case CALL_NONE: break;
  }
}

/* Calls that end nothing can wait for the next that does: what is open stays to be asked. */
static bool asks_for_counts(const struct call *call) {
  switch (call->id) {
    case CALL_CLOSE: case CALL_DUP2: case CALL_DUP3: /* by themselves, where it is a file */
    case CALL_MMAP: case CALL_RING_ENTER: return false;
    default: return true;
  }
}

/* What the calls before this one did can be seen now. `from`: where in memory this one was made. */
static void settle_earlier(struct call *call, uint64_t from) {
  struct thread *thread = call->thread;
  image_settle(call->process, call->narrow ? 0 : from);
  settle_changes(thread);
  settle_pending(call->process, thread);
  if (asks_for_counts(call) || thread->copy.active) {
    thread_count(thread);
    settle_copy(thread);
    uint64_t wrote = thread->now.written_bytes - thread->last.written_bytes;
    /* What was read of a file that was there is told first: whether it was read before it was written cannot be seen, and an input missed is worse. */
    settle_reads(thread, -1, -1, NULL, 0);
    settle_writes(thread, wrote);
    copy_drop(thread);
  }
  settle_ring(thread);
}

void call_look(const struct seccomp_notif *notice, struct call *call) {
  *call = (struct call){.id = call_of(notice->data.nr, notice->data.arch), .notification = notice->id};
  row_meets(notice->pid, call->id);
  call->thread = thread_of(notice->pid);
  if (!call->thread) return;
  call->thread->closing = NONE_CLOSING;
  memcpy(call->args, notice->data.args, sizeof call->args);
#ifdef __x86_64__
  call->narrow = notice->data.arch == AUDIT_ARCH_I386;
#endif
  if (call->narrow) narrow_words(call);
  call->process = call->thread->process;
  call->process->apart = call->thread->pidfd >= 0 ? call->thread : NULL;
  caller = call->process->pid;
  if (library_inside && inside_answers(call, notice->data.instruction_pointer)) return;
  caller_waits = true;
  settle_earlier(call, notice->data.instruction_pointer);
  look(call);
  descriptors_changed(call);
  if (parts_descriptors(call)) part(call->thread);
  caller_waits = false;
}

/* `continue` lets the kernel do what the program asked, by its own rights; we have no say in it. A caller that was killed is gone: ENOENT. */
static void answer(uint64_t id) {
  struct seccomp_notif_resp reply = {.id = id, .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE};
  ioctl(listener_fd, SECCOMP_IOCTL_NOTIF_SEND, &reply);
}

/* The one question that is put to us, and not to the kernel. */
static void answer_itself(const struct call *call) {
  struct seccomp_notif_resp reply = {.id = call->notification, .val = call->answer};
  ioctl(listener_fd, SECCOMP_IOCTL_NOTIF_SEND, &reply);
}

static uint64_t tickets[MOST_HELD];

/* Later than the others: its bytes are being kept. With every place taken it goes on at once. */
static bool keep_waiting(uint64_t *taken, const struct call *call) {
  for (int i = 1; i < MOST_HELD; i++) {
    if (taken[i]) continue;
    tickets[i] = call->ticket;
    __atomic_store_n(&taken[i], call->notification, __ATOMIC_RELEASE);
    return true;
  }
  return false;
}

/* The recorder's heartbeat bounds the wait: one that is dead, or stuck for a second, holds nobody. */
bool recorder_is_alive(void) {
  static uint32_t heartbeat;
  static uint64_t since;
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  uint64_t moment = (uint64_t)now.tv_sec * NS_PER_S + (uint64_t)now.tv_nsec;
  uint32_t beat = __atomic_load_n(&log_header()->heartbeat, __ATOMIC_RELAXED);
  if (beat != heartbeat || !since || moment - since > 10 * NS_PER_S) since = moment;
  heartbeat = beat;
  return moment - since < NS_PER_S;
}

/* In order of tickets, as the recorder answers them. */
static bool release(uint64_t *taken) {
  uint64_t released = __atomic_load_n(&log_header()->holds_released, __ATOMIC_ACQUIRE);
  bool waiting = false, alive = true;
  for (int i = 1; i < MOST_HELD; i++) {
    if (!taken[i]) continue;
    if (!waiting) alive = recorder_is_alive();
    waiting = true;
    if (tickets[i] >= released && alive && !log_header()->closed) continue;
    answer(taken[i]);
    __atomic_store_n(&taken[i], 0, __ATOMIC_RELEASE);
  }
  return waiting;
}

enum taking { NOTHING, ANSWERED, HELD };

/* ENOENT: the caller was killed meanwhile, or the last one has ended; EINTR: the tick. */
static enum taking take_one(uint64_t *taken) {
  struct seccomp_notif notice;
  struct call call;
  memset(&notice, 0, sizeof notice);
  if (ioctl(listener_fd, SECCOMP_IOCTL_NOTIF_RECV, &notice) < 0) return NOTHING;
  __atomic_store_n(&taken[0], notice.id, __ATOMIC_RELEASE);
  call_look(&notice, &call);
  bool held = call.ticket && keep_waiting(taken, &call);
  if (call.answers) answer_itself(&call);
  else if (!held) answer(notice.id);
  __atomic_store_n(&taken[0], 0, __ATOMIC_RELEASE);
  return held ? HELD : ANSWERED;
}

/* What a process has read and not closed would go with it, if a signal from outside the tree ended it: so it is asked now and then, if it has read at all. */
void settle_meanwhile(struct process *process) {
  if (process->inside != OUTSIDE || process->executing) return;
  for (struct thread *thread = process->threads; thread; thread = thread->sibling) {
    thread_count(thread);
    if (thread->now.reads != thread->last.reads && !thread->copy.active) settle_reads(thread, -1, -1, NULL, 0);
  }
}

/* The dead by signal made no last call; their pidfds tell. */
static void bury(bool idle) {
  row_settle();
  for (struct process *one = process_first(), *next; one; one = next) {
    struct pollfd ready = {one->pidfd, POLLIN, 0};
    next = one->next;
    if (one->pidfd >= 0 && poll(&ready, 1, 0) == 0) {
      if (idle && !one->ended) settle_meanwhile(one);
      continue;
    }
    if (!one->ended) {
      for (struct thread *thread = one->threads; thread; thread = thread->sibling) thread_count(thread);
      settle_dead(one);
    }
    process_free(one);
  }
}

static void on_tick(int signal) { (void)signal; }

/*
 * Waiting in the receiving call itself spares one call each time. It ends when the last caller has ended only since Linux 6.11; there, a tick a second lets
 * us look after those who were killed.
 */
static bool can_wait_inside(void) {
  struct utsname name;
  int major = 0, minor = 0;
  struct sigaction tick = {.sa_handler = on_tick};
  struct itimerval second = {{1, 0}, {1, 0}};
  if (uname(&name) < 0 || sscanf(name.release, "%d.%d", &major, &minor) != 2) return false;
  if (major < 6 || (major == 6 && minor < 11)) return false;
  return sigaction(SIGALRM, &tick, NULL) == 0 && setitimer(ITIMER_REAL, &second, NULL) == 0;
}

void listen_until_end(int listener, uint64_t *taken) {
  listener_fd = listener;
  /* The caller wakes up on the processor that it slept on (Linux 6.6): a fifth of the cost of waking another. */
  ioctl(listener, SECCOMP_IOCTL_NOTIF_SET_FLAGS, SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP);
  bool inside = can_wait_inside(), waiting = false;
  for (int calls = 1;; calls++) {
    struct pollfd ready = {listener, POLLIN, 0};
    if (inside && !waiting) {
      enum taking taking = take_one(taken);
      waiting = taking == HELD;
      if (taking == NOTHING && poll(&ready, 1, 0) > 0 && (ready.revents & POLLHUP)) break;
      if (taking == NOTHING || calls % 1024 == 0) bury(taking == NOTHING);
      continue;
    }
    int found = poll(&ready, 1, waiting ? 1 : 1000);
    if (found > 0 && ready.revents & POLLIN) waiting |= take_one(taken) == HELD;
    else if (found > 0 && ready.revents & (POLLHUP | POLLERR | POLLNVAL)) break;
    if (waiting) waiting = release(taken);
    if ((found <= 0 && !waiting) || calls % 1024 == 0) bury(found <= 0);
  }
  bury(false);
}
