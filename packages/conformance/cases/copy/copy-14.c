// title: splice into a file keeps both ends apart when the pipe is filled by hand
#include "case.h"

int main(void) {
  int pipes[2];
  must(pipe(pipes));
  must(write(pipes[1], "hand", 4));
  must_be(splice(pipes[0], NULL, must(open("a", O_WRONLY)), NULL, 4, 0) == 4);
  expect("W a");
  job("out a");
}
