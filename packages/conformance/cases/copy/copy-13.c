// title: memory spliced into a file is a write
#include "case.h"
#include <sys/uio.h>

int main(void) {
  int pipes[2];
  struct iovec pages = {"memory", 6};
  must(pipe(pipes));
  int out = must(open("n", O_WRONLY | O_CREAT, 0644));
  must_be(vmsplice(pipes[1], &pages, 1, 0) == 6);
  must_be(splice(pipes[0], NULL, out, NULL, 6, 0) == 6);
  expect("C n");
  expect("W n");
  job("out n");
}
