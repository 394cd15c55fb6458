/* Our own descriptors, and those of the user that we must not hold. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <sys/socket.h>
#include <sys/syscall.h>
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

/* By number: musl has no close_range. Before Linux 5.9 there is none at all, and the limit says how far to look. */
void close_between(int first, int last) {
  if (first > last || syscall(SYS_close_range, first, last, 0) == 0) return;
  long limit = sysconf(_SC_OPEN_MAX);
  for (int fd = first; fd <= last && fd < limit; fd++) close(fd);
}

void to_null(int fd) {
  int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (null < 0) return;
  if (null == fd) fcntl(fd, F_SETFD, 0);
  else dup2(null, fd), close(null);
}

void close_all_but(const int *kept, int count) {
  int from = 3;
  for (;;) {
    int next = INT_MAX;
    for (int i = 0; i < count; i++)
      if (kept[i] >= from && kept[i] < next) next = kept[i];
    if (next == INT_MAX) break;
    close_between(from, next - 1);
    from = next + 1;
  }
  close_between(from, INT_MAX);
}

/* A pipe that the command closes must be closed: its other end waits for that. A terminal does not, and is asked for its modes later. */
void let_go(int one, int two) {
  const int kept[] = {one, two};
  for (int fd = 0; fd <= 1; fd++)
    if (!isatty(fd)) to_null(fd);
  close_all_but(kept, 2);
}
