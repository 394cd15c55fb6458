// title: a store outlives a process that is killed
#include "case.h"
#include <signal.h>

int main(void) {
  pid_t child = must(fork());
  if (child == 0) {
    char *at = mmap(NULL, 5, PROT_READ | PROT_WRITE, MAP_SHARED, must(open("a", O_RDWR)), 0);
    must_be(at != MAP_FAILED);
    *at = 'j';
    kill(getpid(), 9);
  }
  int status;
  must(waitpid(child, &status, 0));
  expect_any("W a");
  expect_any("[R a]");
  job("out a");
  job("[in a]");
}
