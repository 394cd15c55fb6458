// title: a daemon that writes a second after the command has ended is waited for, or named as still running
#include "case.h"

int main(void) {
  int told[2];
  pid_t daemon;
  must(pipe(told));
  if (must(fork()) == 0) {
    must(setsid());
    daemon = must(fork());
    if (daemon) _exit(write(told[1], &daemon, sizeof daemon) == sizeof daemon ? 0 : 1);
    for (int fd = 0; fd < 16; fd++) close(fd);
    sleep(1);
    /* By a relative name: where nobody waited, the directory is gone, and this fails. */
    int fd = open("n", O_WRONLY | O_CREAT, 0644);
    _exit(fd >= 0 && write(fd, "new", 3) == 3 ? 0 : 1);
  }
  must_be(read(told[0], &daemon, sizeof daemon) == sizeof daemon);
  expect_of(daemon, "C n");
  expect_of(daemon, "W n");
  job("[out n]");
  still(daemon);
}
