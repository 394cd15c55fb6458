// title: splice through a pipe reads one file and writes the other
#include "case.h"

int main(void) {
  int pipes[2];
  must(pipe(pipes));
  int in = must(open("a", O_RDONLY));
  int out = must(open("n", O_WRONLY | O_CREAT, 0644));
  must_be(splice(in, NULL, pipes[1], NULL, 100, 0) == 5);
  must_be(splice(pipes[0], NULL, out, NULL, 100, 0) == 5);
  expect("R a");
  expect("C n");
  expect("W n");
  job("in a");
  job("out n");
}
