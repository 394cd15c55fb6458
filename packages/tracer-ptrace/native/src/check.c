/* `roar-ptrace --check`: would it work here? Tried, since neither a kernel's version nor its settings tell. One word a line: what, and `ok` or why not. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "supervise.h"

static void say(const char *what, bool ok) { printf("%s %s\n", what, ok ? "ok" : strerror(errno)); }

/* In a child: a filter cannot be taken off again. Its own end would be a call that nobody answers, so it is killed. */
static bool filter_works(void) {
  int ends[2], result = EPERM;
  if (pipe2(ends, O_CLOEXEC) < 0) return false;
  pid_t child = fork();
  if (child == 0) {
    int answer = filter_install(LISTENER) < 0 ? errno : 0;
    if (write(ends[1], &answer, sizeof answer) < 0) answer = 0;
    for (;;) pause();
  }
  if (child > 0 && read(ends[0], &result, sizeof result) < 0) result = errno;
  if (child > 0) kill(child, SIGKILL);
  if (child > 0) waitpid(child, NULL, 0);
  close(ends[0]);
  close(ends[1]);
  errno = result;
  return result == 0;
}

/* As the supervisor stands to the command: of the same user, and no ancestor of it (Yama forbids that by ptrace_scope 1). */
static bool reach_works(void) {
  int pair[2], why = EPERM;
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) return false;
  pid_t target = getpid(), child = fork();
  if (child == 0) {
    if (fork() == 0) {
      struct process reached = {.pidfd = (int)syscall(SYS_pidfd_open, target, 0)};
      char byte;
      bool ok = remote_fd(&reached, pair[0]) >= 0 && remote_read((uint32_t)target, (uint64_t)(uintptr_t)&why, &byte, 1);
      int result = ok ? 0 : errno;
      if (write(pair[1], &result, sizeof result) < 0) _exit(1);
    }
    _exit(0);
  }
  close(pair[1]);
  waitpid(child, NULL, 0);
  if (read(pair[0], &why, sizeof why) < 0) return false;
  errno = why;
  return why == 0;
}

/* The other way (stops.c). */
static bool stops_work(void) {
  pid_t child = fork();
  if (child == 0)
    for (;;) pause();
  bool works = child > 0 && stops_begin(child);
  int why = errno;
  if (child > 0) kill(child, SIGKILL);
  if (child > 0) waitpid(child, NULL, __WALL);
  errno = why;
  return works;
}

int check(void) {
  bool filter = filter_works();
  say("filter", filter);
  bool reach = reach_works();
  say("reach", reach);
  if (filter && reach) return 0;
  bool stops = stops_work();
  say("stops", stops);
  return stops ? 0 : 1;
}
