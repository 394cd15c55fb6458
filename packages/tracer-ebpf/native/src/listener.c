/* The socket: handed over by systemd, or made in a directory that only its owner can change. */
#include "listener.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "wire.h"

static char place[108]; /* the size of sun_path (unix(7)) */
static struct stat made;

const char *listener_path(const char *asked) {
  if (asked) return asked;
  if (getuid() == 0) return SYSTEM_SOCKET;
  static char own[108];
  snprintf(own, sizeof own, "/run/user/%u/roar/roard.sock", (unsigned)getuid());
  return own;
}

/* sd_listen_fds(3) */
static int activated(void) {
  const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
  if (!pid || !count || atoi(pid) != (int)getpid() || atoi(count) != 1) return -1;
  fcntl(3, F_SETFD, FD_CLOEXEC);
  fcntl(3, F_SETFL, O_NONBLOCK);
  return 3;
}

/* A directory that another user could put a socket of his own into is no place; neither is one reached by a symlink. */
static bool is_ours(const char *directory) {
  struct stat found;
  return lstat(directory, &found) == 0 && S_ISDIR(found.st_mode) && found.st_uid == getuid() && !(found.st_mode & 022);
}

static bool make_directory(const char *path) {
  char copy[108];
  snprintf(copy, sizeof copy, "%s", path);
  const char *directory = dirname(copy);
  if (mkdir(directory, 0755) < 0 && errno != EEXIST) return false;
  if (is_ours(directory)) return true;
  errno = EPERM;
  return false;
}

/* Of two that start at once one goes on: the lock is held until it ends. EWOULDBLOCK: another has it. */
static bool is_only_one(const char *path) {
  char name[120];
  snprintf(name, sizeof name, "%s.lock", path);
  int lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  return lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0;
}

bool listener_reserve(const char *asked) {
  const char *path = listener_path(asked);
  if (activated() >= 0) return true;
  if (strlen(path) >= sizeof((struct sockaddr_un *)0)->sun_path) return errno = ENAMETOOLONG, false;
  return make_directory(path) && is_only_one(path);
}

int listener_open(const char *asked) {
  int given = activated();
  if (given >= 0) return given;
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  const char *path = listener_path(asked);
  strcpy(address.sun_path, path);
  unlink(path);
  int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  /* Whoever may connect needs to write to it (unix(7)): everybody may, and the kernel says who it is. */
  mode_t before = umask(0111);
  bool bound = fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && listen(fd, 64) == 0;
  umask(before);
  if (!bound) return -1;
  strcpy(place, path);
  lstat(place, &made);
  return fd;
}

/* Not one that stands there for somebody else by now. */
void listener_remove(void) {
  struct stat now;
  if (*place && lstat(place, &now) == 0 && now.st_ino == made.st_ino && now.st_dev == made.st_dev) unlink(place);
}
