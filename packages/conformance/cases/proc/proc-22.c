// title: a group that is stopped, continued and interrupted behaves as it does alone
#include "case.h"
#include <signal.h>

static void child_is(pid_t child, int flags, int wanted) {
  int status;
  must_be(waitpid(child, &status, flags) == child);
  int state = WIFSTOPPED(status) ? WSTOPSIG(status) : WIFCONTINUED(status) ? SIGCONT : WIFSIGNALED(status) ? WTERMSIG(status) : -1;
  must_be(state == wanted);
}

int main(void) {
  int ends[2];
  must(pipe(ends));
  pid_t child = must(fork());
  if (child == 0) {
    must(setpgid(0, 0));
    raise(SIGTSTP);
    must_be(read(must(open("a", O_RDONLY)), text, 10) == 5);
    must_be(write(ends[1], "x", 1) == 1);
    for (;;) pause();
  }
  child_is(child, WUNTRACED, SIGTSTP);
  must(kill(-child, SIGCONT));
  child_is(child, WCONTINUED, SIGCONT);
  must_be(read(ends[0], text, 1) == 1);
  must(kill(-child, SIGSTOP));
  child_is(child, WUNTRACED, SIGSTOP);
  must(kill(-child, SIGCONT));
  must(kill(-child, SIGINT));
  child_is(child, 0, SIGINT);
  expect_of(child, "R a");
  job("in a");
}
