// title: a daemon made by libc is waited for, or named as still running
#include "case.h"

int main(void) {
  int told[2];
  must(pipe(told));
  pid_t first = must(fork());
  if (first == 0) {
    must(daemon(1, 0));
    pid_t own = getpid();
    must_be(write(told[1], &own, sizeof own) == sizeof own);
    must(close(told[1]));
    sleep(1);
    _exit(0);
  }
  reap(first);
  pid_t daemon;
  must_be(read(told[0], &daemon, sizeof daemon) == sizeof daemon);
  still(daemon);
  job("none");
}
