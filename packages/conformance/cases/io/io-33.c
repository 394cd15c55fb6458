// title: what one process has made and still has open is no input when another one reads it
#include "case.h"

int main(void) {
  int ready[2], done[2];
  must(pipe(ready));
  must(pipe(done));
  pid_t reader = must(fork());
  if (!reader) {
    must_be(read(ready[0], text, 1) == 1);
    int fd = must(open("n", O_RDONLY));
    must_be(read(fd, text, 3) == 3);
    must(close(fd));
    must_be(write(done[1], "d", 1) == 1);
    _exit(0);
  }
  int made = must(open("n", O_WRONLY | O_CREAT | O_TRUNC, 0644));
  must_be(write(made, "new", 3) == 3);
  must_be(write(ready[1], "r", 1) == 1);
  must_be(read(done[0], text, 1) == 1);
  must(close(made));
  reap(reader);
  expect("C n");
  expect("W n");
  expect_of(reader, "R n");
  job("out n");
  job("int n");
}
