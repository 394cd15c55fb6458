// title: a program that a broken pipe ends has read what it passed on: cat FILE | head
#include "case.h"
#include <signal.h>
#include <sys/wait.h>

static void pass_on(int to) {
  char bytes[4096];
  expect("R a");
  int fd = must(open("a", O_RDONLY));
  must(read(fd, bytes, sizeof bytes));
  for (;;) must(write(to, bytes, sizeof bytes));
}

int main(void) {
  int ends[2], status;
  char byte;
  must(pipe(ends));
  pid_t child = must(fork());
  if (child == 0) {
    must(dup2(ends[1], 1));
    must(close(ends[1]));
    must(close(ends[0]));
    pass_on(1);
  }
  must(close(ends[1]));
  must(read(ends[0], &byte, 1));
  must(close(ends[0]));
  must(waitpid(child, &status, 0));
  job("in a");
  return !(WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE);
}
