/*
 * A supervisor's stop can be broken off by a signal whose handler was set without SA_RESTART, before the supervisor has taken it: the call fails with EINTR. Calls on
 * regular files and directories, fork and exec never do so bare, and programs do not expect it: a stream is closed, and its descriptor stays open.
 */
#include <signal.h>

#include "hook.h"

#define BIT(signal) (1ull << ((signal) - 1))

/* A handler might jump out of the call, and leave the program with our mask. */
static bool has_handler(int signal) {
  uintptr_t action[8] = {0}; /* the kernel's, which begins with the handler */
  return SYS(SYS_rt_sigaction, signal, 0, action, sizeof(uint64_t)) < 0 || action[0] > 1 /* SIG_DFL, SIG_IGN */;
}

/* What a thread does to itself cannot be put off; nor is that by which a person ends or stops a program whose disk has gone away. */
static uint64_t put_off(void) {
  static const uint8_t of_people[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
  uint64_t most = ~(BIT(SIGSEGV) | BIT(SIGBUS) | BIT(SIGILL) | BIT(SIGFPE) | BIT(SIGTRAP) | BIT(SIGSYS));
  for (size_t i = 0; i < sizeof of_people; i++)
    if (!has_handler(of_people[i])) most &= ~BIT(of_people[i]);
  return most;
}

/* Calls inside of libc come from other places than our page, and stop. The others are made again where they are hooked. */
void quiet_begin(struct quiet *quiet, bool cannot_wait) {
  quiet->begun = false;
  if (likely(!supervised) || !cannot_wait || cancelling || !live()) return;
  const uint64_t mask = put_off();
  quiet->begun = SYS(SYS_rt_sigprocmask, SIG_BLOCK, &mask, &quiet->before, sizeof mask) == 0;
}

void quiet_end(const struct quiet *quiet) {
  if (unlikely(quiet->begun)) SYS(SYS_rt_sigprocmask, SIG_SETMASK, &quiet->before, 0, sizeof quiet->before);
}

bool broken_off(long result, int before) {
  if (result >= 0 || !supervised || errno_now != EINTR) return false;
  errno_now = before;
  return true;
}
