/* What the hooks of the library find around them when they run on Linux. */
#include "shim.h"
#undef fcntl

int shim_fcntl(int fd, int command, ...) {
  va_list rest;
  va_start(rest, command);
  void *argument = va_arg(rest, void *);
  va_end(rest);
  if (command != F_GETPATH) return fcntl(fd, command, argument);
  char name[40];
  snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
  ssize_t got = readlink(name, argument, PATH_BYTES - 1);
  if (got > 0) ((char *)argument)[got] = 0;
  return got > 0 ? 0 : -1;
}

int shim_sendfile(int fd, int socket, off_t at, off_t *length, struct sf_hdtr *around, int flags) {
  char bytes[16];
  (void)around, (void)flags;
  ssize_t got = pread(fd, bytes, sizeof bytes, at);
  *length = write(socket, bytes, got > 0 ? (size_t)got : 0);
  return 0;
}

int renameatx_np(int a, const char *from, int b, const char *to, unsigned flags) { return renameat2(a, from, b, to, flags); }
int renamex_np(const char *from, const char *to, unsigned flags) { return renameatx_np(AT_FDCWD, from, AT_FDCWD, to, flags); }

uint32_t pid;
bool live(void) { return pid && !log_closed(); }
uint32_t own_pid(void) { return pid; }

/* As life.c has it, without what only dyld knows. */
void image_objects(void) {}
void process_ends(int status) { fact_exit(status); }
void process_forked(void) {
  uint32_t parent = pid;
  pid = (uint32_t)getpid();
  log_fork(pid, parent, 0);
}
