// title: what a child wrote before it killed itself is written
#include "case.h"
#include <signal.h>

int main(void) {
  int status;
  pid_t child = must(fork());
  if (child == 0) {
    must_be(write(must(open("n", O_WRONLY | O_CREAT, 0644)), "new", 3) == 3);
    kill(getpid(), SIGKILL);
  }
  must(waitpid(child, &status, 0));
  must_be(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  expect_of(child, "C n");
  expect_of(child, "W n");
  job("out n");
}
