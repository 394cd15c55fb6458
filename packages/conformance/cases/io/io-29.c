// title: a write whose process is killed at once is kept
#include "case.h"
#include <signal.h>

int main(void) {
  pid_t child = must(fork());
  if (child == 0) {
    must(write(must(open("n", O_WRONLY | O_CREAT, 0644)), "new", 3));
    kill(getpid(), 9);
  }
  int status;
  must(waitpid(child, &status, 0));
  expect_of(child, "C n");
  expect_of(child, "W n");
  job("out n");
}
