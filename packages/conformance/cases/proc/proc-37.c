// title: children are made, started and ended while signals come all the time, as they are alone
#include "case.h"
#include <signal.h>
#include <sys/prctl.h>
#include <sys/time.h>

static void ticked(int signal) { (void)signal; }

static struct itimerval often = {{0, 150}, {0, 150}};

// The timer is not inherited: the child sets one for itself.
static void starts(void) {
  pid_t child = must(vfork());
  if (!child) {
    setitimer(ITIMER_REAL, &often, NULL);
    execl("/bin/true", "true", NULL);
    _exit(97);
  }
  int status;
  while (waitpid(child, &status, 0) < 0) must_be(errno == EINTR);
  // Where the signal comes behind exec, it is one without a handler.
  must_be((WIFEXITED(status) && WEXITSTATUS(status) == 0) || (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM));
}

static void ends(void) {
  pid_t child = must(fork());
  if (!child) {
    // Where a call of the parent's fails, nobody else would end it.
    must(prctl(PR_SET_PDEATHSIG, SIGKILL));
    for (;;) pause();
  }
  must(kill(child, SIGTERM));
  while (waitpid(child, NULL, 0) < 0) must_be(errno == EINTR);
}

int main(void) {
  struct sigaction action = {.sa_handler = ticked};
  struct itimerval never = {{0, 0}, {0, 0}};
  must(sigaction(SIGALRM, &action, NULL));
  must(setitimer(ITIMER_REAL, &often, NULL));
  for (int i = 0; i < 300; i++) starts(), ends();
  must(setitimer(ITIMER_REAL, &never, NULL));
  int fd = must(open("a", O_RDONLY));
  must(read(fd, text, 1));
  expect("R a");
  job("in a");
}
