/* Signal mask, dispositions and what the parent's death sends, as the shell gave them. */
#define _GNU_SOURCE
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "launcher.h"

/* The C libraries hide two or three signals of their own (32 to 34) from their sigprocmask: one that is blocked would be lost on the way. */
static unsigned long mask;
static sigset_t ignored;
static int death;

void inherited_keep(void) {
  syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL, &mask, sizeof mask);
  prctl(PR_GET_PDEATHSIG, &death);
  sigemptyset(&ignored);
  for (int number = 1; number < NSIG; number++) {
    struct sigaction action;
    if (sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN) sigaddset(&ignored, number);
  }
}

bool inherited_ignored(int number) { return sigismember(&ignored, number) == 1; }

/* SIGCHLD is the only disposition that we change. The mask comes last: what has been waiting arrives now. */
void inherited_restore(void) {
  if (inherited_ignored(SIGCHLD)) signal(SIGCHLD, SIG_IGN);
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &mask, NULL, sizeof mask);
}

/* Exec keeps it and fork clears it (prctl(2)): `setpriv --pdeathsig TERM roar run …` means the command. */
void inherited_restore_death(void) {
  if (death) prctl(PR_SET_PDEATHSIG, death);
}
