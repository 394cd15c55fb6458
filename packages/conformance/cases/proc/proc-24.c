// title: a child that lives in its parent's memory until it executes is no thread
#include "case.h"
#include <sched.h>
#include <signal.h>

static char stack[65536] __attribute__((aligned(16)));

static int in_child(void *unused) {
  (void)unused;
  int fd = open("n", O_WRONLY | O_CREAT, 0644);
  dup2(fd, 1);
  execlp("cat", "cat", "a", NULL);
  _exit(96);
}

int main(void) {
  pid_t child = must(clone(in_child, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, NULL));
  reap(child);
  must_be(read(must(open("b", O_RDONLY)), text, 10) == 5);
  expect_of(child, "C n");
  expect_of(child, "R a");
  expect_of(child, "W n");
  expect("R b");
  job("in a");
  job("in b");
  job("out n");
}
