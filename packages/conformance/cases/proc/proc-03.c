// title: a raw clone3 that borrows the parent's memory until exec is followed
#include "case.h"
#include <sched.h>
#include <signal.h>

#ifndef SYS_clone3
#define SYS_clone3 435
#endif

struct request {
  uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size, cgroup;
};

#if defined(__x86_64__) && defined(__GLIBC__)
static uint64_t stack[8192] __attribute__((aligned(16)));

static void in_child(void) {
  execlp("cat", "cat", "a", (char *)NULL);
  _exit(96);
}

int main(void) {
  /* The child's return from syscall() takes its address from the new stack: there stands the function. */
  const size_t top = sizeof stack / sizeof *stack - 2;
  stack[top] = (uint64_t)in_child;
  struct request request = {.flags = CLONE_VM | CLONE_VFORK, .exit_signal = SIGCHLD, .stack = (uint64_t)stack, .stack_size = top * sizeof *stack};
  char mine[256];
  memset(mine, 7, sizeof mine);
  pid_t child = (pid_t)syscall(SYS_clone3, &request, sizeof request);
  if (child < 0) skip("clone3 is not there (Linux 5.3)");
  for (size_t i = 0; i < sizeof mine; i++) must_be(mine[i] == 7);
  reap(child);
  must_be(read(must(open("b", O_RDONLY)), text, 10) == 5);
  expect_of(child, "R a");
  expect("R b");
  job("in a");
  job("in b");
}
#else
int main(void) { skip("how syscall() returns on another stack is known for x86-64 and glibc"); }
#endif
