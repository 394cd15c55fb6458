// title: a descriptor taken from another process is known by its file
#include "case.h"

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_pidfd_getfd
#define SYS_pidfd_getfd 438
#endif

int main(void) {
  int ready[2], done[2], theirs;
  must(pipe(ready));
  must(pipe(done));
  pid_t child = must(fork());
  if (child == 0) {
    theirs = must(open("a", O_RDONLY));
    must(write(ready[1], &theirs, sizeof theirs));
    must(close(done[1]));
    must_be(read(done[0], text, 1) == 0);
    return 0;
  }
  must_be(read(ready[0], &theirs, sizeof theirs) == sizeof theirs);
  int process = (int)syscall(SYS_pidfd_open, child, 0);
  int fd = process < 0 ? -1 : (int)syscall(SYS_pidfd_getfd, process, theirs, 0);
  if (fd < 0) skip("pidfd_getfd is not there (Linux 5.6), or not permitted");
  must_be(read(fd, text, 10) == 5);
  must(close(done[1]));
  reap(child);
  expect("R a");
  job("in a");
}
