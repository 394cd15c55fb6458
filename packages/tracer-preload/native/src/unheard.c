/*
 * Reads of a program's own instructions, of files that libc has opened for it. The supervisor has let that open pass and no read ever stops, so the kernel's count of
 * all reads of the process is what tells: those that no hook has made are the program's own, or libc's inside its streams.
 */
#include <fcntl.h>

#include "roar.h"

HOT volatile uint64_t reads_heard;

static uint64_t number_at(const char *text) {
  uint64_t n = 0;
  for (; *text >= '0' && *text <= '9'; text++) n = n * 10 + (uint64_t)(*text - '0');
  return n;
}

/* Lines of a name, a colon and a number (proc_pid_io(5)); a kernel without these counts has no such file. */
static uint64_t reads_counted(void) {
  static const char name[] = "syscr: ";
  char text[256];
  long fd = SYS(SYS_openat, AT_FDCWD, "/proc/self/io", O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0) return 0;
  long got = own_read((int)fd, text, sizeof text - 1);
  SYS(SYS_close, fd);
  text[got > 0 ? got : 0] = 0;
  for (const char *at = text; *at; at++)
    if (starts_with(at, name)) return number_at(at + sizeof name - 1);
  return 0;
}

/* Our own read of the count is not yet in it. */
uint64_t reads_unheard(void) {
  uint64_t heard = __atomic_load_n(&reads_heard, __ATOMIC_RELAXED), counted = reads_counted();
  return counted ? counted - heard + 1 : 0;
}

long own_read(int fd, void *into, size_t size) {
  heard_read(0);
  return SYS(SYS_read, fd, into, size);
}
