/*
 * The other way to see calls, where the kernel gives no listener: ptrace(2) stops at those that the same filter names. Only their entries stop; what came of
 * them is seen as it is with a listener. Every stop wakes another process twice, so it is slower, and a program that itself traces finds the place taken.
 */
#include <errno.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <time.h>

#include "supervise.h"

#define OPTIONS (PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC)

bool stops_begin(pid_t pid) { return ptrace(PTRACE_SEIZE, pid, 0, OPTIONS) == 0; }

/* The recorder bounds the wait as it does for a listener's callers; the others stand still meanwhile. */
static void wait_for(uint64_t ticket) {
  struct timespec nap = {0, 500000};
  while (ticket >= __atomic_load_n(&log_header()->holds_released, __ATOMIC_ACQUIRE) && !log_header()->closed && recorder_is_alive()) nanosleep(&nap, NULL);
}

static void look_at_call(pid_t tid) {
  struct __ptrace_syscall_info info; /* Linux 5.3 */
  struct call call;
  if (ptrace(PTRACE_GET_SYSCALL_INFO, tid, sizeof info, &info) <= 0 || info.op != PTRACE_SYSCALL_INFO_SECCOMP) return;
  struct seccomp_notif notice = {.pid = (uint32_t)tid, .data = {.nr = (int)info.seccomp.nr, .arch = info.arch}};
  memcpy(notice.data.args, info.seccomp.args, sizeof notice.data.args);
  call_look(&notice, &call);
  if (call.ticket) wait_for(call.ticket);
}

static bool is_group_stop(int signal) { return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU; }

/* A notifying filter around ours answers first, and ours never stops anybody. */
static void doubt_exec(pid_t pid, bool seen) {
  static bool told;
  if (seen || told) return;
  told = true;
  log_gap((uint32_t)pid, 1, "not-supervised", text_of("another filter answers first"));
}

static void ended(pid_t pid) {
  struct process *process = process_find((uint32_t)pid);
  row_settle();
  if (!process) return;
  if (!process->ended) settle_dead(process);
  process_free(process);
}

void stops_until_end(void) {
  int status;
  bool seen = false;
  for (pid_t tid; (tid = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR;) {
    if (tid < 0) continue;
    if (!WIFSTOPPED(status)) {
      ended(tid);
      continue;
    }
    int signal = WSTOPSIG(status), event = status >> 16;
    if (event == PTRACE_EVENT_SECCOMP) {
      seen = true;
      look_at_call(tid);
    }
    if (event == PTRACE_EVENT_EXEC) doubt_exec(tid, seen);
    if (event == PTRACE_EVENT_STOP && is_group_stop(signal)) ptrace(PTRACE_LISTEN, tid, 0, 0);
    else ptrace(PTRACE_CONT, tid, 0, event ? 0 : signal);
  }
}
