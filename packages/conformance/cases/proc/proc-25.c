// title: a process number that is given again stands for another process
// needs: root
#include "case.h"
#include <signal.h>

#ifndef SYS_clone3
#define SYS_clone3 435
#endif

struct request {
  uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size, cgroup;
};

/* The caller chooses the number of the child. */
static pid_t fork_as(pid_t number) {
  struct request request = {.exit_signal = SIGCHLD, .set_tid = (uint64_t)&number, .set_tid_size = 1};
  long child = syscall(SYS_clone3, &request, sizeof request);
  if (child < 0) skip("a process number cannot be chosen here (Linux 5.5, CAP_CHECKPOINT_RESTORE)");
  return (pid_t)child;
}

int main(void) {
  pid_t first = must(fork());
  if (first == 0) {
    must(open("b", O_RDWR));
    _exit(read(must(open("a", O_RDONLY)), text, 10) == 5 ? 0 : 1);
  }
  reap(first);
  pid_t second = fork_as(first);
  /* Its first descriptor is another file than its namesake's. */
  if (second == 0) _exit(write(must(open("n", O_WRONLY | O_CREAT, 0644)), "new", 3) == 3 ? 0 : 1);
  must_be(second == first);
  reap(second);
  if (fork_as(first) == 0) _exit(read(must(open("d/x", O_RDONLY)), text, 10) == 5 ? 0 : 1);
  reap(first);
  expect_of(first, "R a");
  expect_of(first, "C n");
  expect_of(first, "W n");
  expect_of(first, "R d/x");
  job("in a");
  job("in d/x");
  job("out n");
}
