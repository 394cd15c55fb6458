/* Stops the job for the shell. */
#define _GNU_SOURCE
#include <signal.h>
#include <unistd.h>

#include "launcher.h"

/* The shell sees only us: stop as the command has stopped, and see to it that we go on when it does. */
void stop_like(struct job *job, int number) {
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, number);
  tell(job->control, "stopped %d\n", number);
  sentinel_watch(job->command);
  kill(getpid(), number);
  /* Pending until now, since it is blocked; SIGSTOP needs no leave. */
  if (number != SIGSTOP) {
    sigprocmask(SIG_UNBLOCK, &one, NULL);
    sigprocmask(SIG_BLOCK, &one, NULL);
  }
  sentinel_watch(0);
  sentinel_saw(number);
  tell(job->control, "continued\n");
}
