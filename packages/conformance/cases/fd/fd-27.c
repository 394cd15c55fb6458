// title: a child that shares the directory with its parent moves it, one that shares the descriptors opens for it
#include "case.h"
#include <sched.h>
#include <signal.h>

int main(void) {
  // Neither shares memory: CLONE_FS and CLONE_FILES alone.
  pid_t child = syscall(SYS_clone, CLONE_FS | CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
  must(child);
  if (child == 0) {
    if (chdir("d") || open("x", O_RDONLY) != 3 || dup2(3, 60) != 60 || close(3)) _exit(1);
    _exit(0);
  }
  reap(child);
  must_be(read(60, text, 5) > 0);
  int fd = must(open("n", O_WRONLY | O_CREAT, 0644));
  must_be(write(fd, "new", 3) == 3);
  expect("R d/x");
  expect("C d/n");
  expect("W d/n");
  job("in d/x");
  job("out d/n");
}
