/* Signal mask and dispositions as the shell gave them. */
#include "launcher.h"

static sigset_t mask;
static bool child_ignored;
static sigset_t ignored;

void inherited_keep(void) {
  sigprocmask(SIG_BLOCK, NULL, &mask);
  sigemptyset(&ignored);
  for (int number = 1; number < NSIG; number++) {
    struct sigaction action;
    if (sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN) sigaddset(&ignored, number);
  }
  child_ignored = sigismember(&ignored, SIGCHLD) == 1;
}

bool inherited_ignored(int number) { return sigismember(&ignored, number) == 1; }

void inherited_restore(void) {
  if (child_ignored) signal(SIGCHLD, SIG_IGN);
  sigprocmask(SIG_SETMASK, &mask, NULL);
}
