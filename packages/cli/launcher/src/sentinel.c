/*
 * A process in the job's group that does nothing but count signals. What was sent to the group has reached the command too and must not be passed
 * on; what was sent to the launcher alone must. The kernel does not say which it was (si_code is SI_USER for both).
 */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "launcher.h"

/* Delivery to a group is one loop in the kernel; its end may be some microseconds behind its start. */
static const struct timespec moment = {0, 2000000};

static pid_t sentinel = -1;
static volatile unsigned *counts;
static unsigned known[NSIG];

static _Noreturn void count(const sigset_t *signals) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (;;) {
    int number = sigwaitinfo(signals, NULL);
    if (number > 0 && number < NSIG) counts[number]++;
    if (getppid() == 1) _exit(0);
  }
}

void sentinel_start(const sigset_t *signals) {
  counts = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (counts == MAP_FAILED) return;
  sentinel = fork();
  if (sentinel != 0) return;
  /* It holds nothing open: a pipe of the user's must end when its users end. */
  close_range(0, ~0u, 0);
  count(signals);
}

bool sentinel_saw(int number) {
  if (sentinel <= 0) return false;
  nanosleep(&moment, NULL);
  unsigned now = counts[number];
  bool saw = now != known[number];
  known[number] = now;
  return saw;
}

void sentinel_stop(void) {
  if (sentinel <= 0) return;
  kill(sentinel, SIGKILL);
  waitpid(sentinel, NULL, 0);
}
