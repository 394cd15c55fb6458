/*
 * A process in the job's group that does nothing but count signals. What was sent to the group has reached the command too and must not be passed
 * on; what was sent to the launcher alone must. The kernel does not say which it was (si_code is SI_USER for both).
 * While the launcher is stopped as its command is, it also looks whether the command was continued behind our back.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "launcher.h"

/* Delivery to a group is one loop in the kernel; its end may be some microseconds behind its start. */
static const struct timespec moment = {0, 2000000};
/* How often a stopped command is looked at. */
static const struct timespec while_stopped = {0, 100000000};

struct shared {
  volatile unsigned counts[NSIG];
  volatile pid_t stopped; /* the command to look at; 0: none */
};

static pid_t sentinel = -1;
static struct shared *shared;
static unsigned known[NSIG];

/* The beginning of /proc/PID/NAME; empty when it cannot be read. */
static char *read_proc(pid_t pid, const char *name, char *into, size_t size) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t got = fd < 0 ? 0 : read(fd, into, size - 1);
  if (fd >= 0) close(fd);
  into[got > 0 ? got : 0] = 0;
  return into;
}

/* The state follows the name, which may hold parentheses itself. Without /proc nothing is known, and nobody is woken. */
static bool runs(pid_t pid) {
  char stat[512];
  char *behind = strrchr(read_proc(pid, "stat", stat, sizeof stat), ')');
  return behind && behind[1] && behind[2] != 'T' && behind[2] != 't';
}

static _Noreturn void count(const sigset_t *signals, pid_t launcher) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  while (getppid() == launcher) {
    int number = sigtimedwait(signals, NULL, shared->stopped ? &while_stopped : NULL);
    if (number > 0 && number < NSIG) shared->counts[number]++;
    if (shared->stopped && runs(shared->stopped)) kill(launcher, SIGCONT);
  }
  _exit(0);
}

void sentinel_start(const sigset_t *signals) {
  pid_t launcher = getpid();
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) return;
  sentinel = fork();
  if (sentinel != 0) return;
  /* It holds nothing open: a pipe of the user's must end when its users end. */
  close_between(0, INT_MAX);
  count(signals, launcher);
}

/* It has got the signal but no processor yet: on a loaded machine that may last. */
static bool is_pending(int number) {
  char status[4096];
  char *line = strstr(read_proc(sentinel, "status", status, sizeof status), "ShdPnd:");
  return line && (strtoull(line + 7, NULL, 16) >> (number - 1) & 1);
}

bool sentinel_saw(int number) {
  if (sentinel <= 0) return false;
  for (int i = 0; i < 50; i++) {
    nanosleep(&moment, NULL);
    unsigned now = shared->counts[number];
    if (now != known[number]) {
      known[number] = now;
      return true;
    }
    if (!is_pending(number)) return false;
  }
  /* Somebody has stopped it. It will count this one yet. */
  known[number]++;
  return true;
}

bool sentinel_sent(const struct signalfd_siginfo *info) { return sentinel > 0 && (pid_t)info->ssi_pid == sentinel; }

void sentinel_watch(pid_t stopped) {
  if (sentinel <= 0) return;
  shared->stopped = stopped;
  /* Any signal that it counts ends its wait. */
  if (stopped) kill(sentinel, SIGCHLD);
}

void sentinel_stop(void) {
  if (sentinel <= 0) return;
  kill(sentinel, SIGKILL);
  waitpid(sentinel, NULL, 0);
}
