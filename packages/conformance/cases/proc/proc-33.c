// title: calls of a child made by number, in a memory of its own, are its own
#include "case.h"
#include <signal.h>

int main(void) {
  int fd = must(open("b", O_RDONLY));
#if defined(__x86_64__)
  pid_t child = (pid_t)must(syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL));
#else
  pid_t child = (pid_t)must(syscall(SYS_clone, SIGCHLD, NULL, NULL, 0, NULL));
#endif
  if (child == 0) {
    must_be(read(fd, text, 10) == 5);
    _exit(write(must(open("n", O_WRONLY | O_CREAT, 0644)), "new", 3) == 3 ? 0 : 1);
  }
  reap(child);
  must_be(read(must(open("a", O_RDONLY)), text, 10) == 5);
  expect_of(child, "R b");
  expect_of(child, "C n");
  expect_of(child, "W n");
  expect("R a");
  job("in a");
  job("in b");
  job("out n");
}
