// title: splice by two processes reads in one and writes in the other
#include "case.h"

int main(void) {
  int pipes[2];
  must(pipe(pipes));
  pid_t child = must(fork());
  if (child == 0) {
    int out = must(open("n", O_WRONLY | O_CREAT, 0644));
    must_be(splice(pipes[0], NULL, out, NULL, 100, 0) == 5);
    return 0;
  }
  must_be(splice(must(open("a", O_RDONLY)), NULL, pipes[1], NULL, 100, 0) == 5);
  reap(child);
  expect("R a");
  expect_of(child, "C n");
  expect_of(child, "W n");
  job("in a");
  job("out n");
}
