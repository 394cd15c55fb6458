/* Our own descriptors. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "launcher.h"

/* Above what programs use by number; below the usual limit of 1024. Under a lower limit: as high as there is room. */
static const int places[] = {200, 64, 20, 10, 3};

int raise_fd(int fd) {
  for (size_t i = 0; fd >= 0 && i < sizeof places / sizeof *places; i++) {
    int high = fcntl(fd, F_DUPFD_CLOEXEC, places[i]);
    if (high < 0) continue;
    close(fd);
    return high;
  }
  return fd;
}

bool pair_open(int pair[2]) {
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0) return false;
  pair[0] = raise_fd(pair[0]);
  pair[1] = raise_fd(pair[1]);
  return true;
}

bool pipe_open(int pair[2]) {
  if (pipe2(pair, O_CLOEXEC) < 0) return false;
  pair[0] = raise_fd(pair[0]);
  pair[1] = raise_fd(pair[1]);
  return true;
}
