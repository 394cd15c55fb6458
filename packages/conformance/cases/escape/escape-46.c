// title: files that a program opens through libc, and reads by its own instructions
// owed: E=Y P=N T=Y
// files: b=1 g=2 h=3 u=4 e=5
// gaps: direct-syscall
#include "case.h"
#include "raw.h"

static void read_at_once(const char *name) {
  char byte;
  int fd = must(open(name, O_RDONLY));
  must((int)raw_call(SYS_read, fd, (long)&byte, 1));
  close(fd);
}

/* Its position stays where it was. */
static int read_in_place(const char *name, int flags) {
  char byte;
  int fd = must(open(name, flags));
#if defined(__x86_64__)
  register long at __asm__("r10") = 0;
  long got;
  __asm__ volatile("syscall" : "=a"(got) : "a"(SYS_pread64), "D"(fd), "S"(&byte), "d"(1), "r"(at) : "rcx", "r11", "memory");
  must_be(got == 1);
#else
  must((int)raw_call(SYS_read, fd, (long)&byte, 1));
#endif
  return fd;
}

int main(void) {
  expect("R a");
  expect("R b");
  expect("R g");
  expect("R h");
  expect("R e");
  expect("W d/x");
  job("in a");
  job("in b");
  job("in g");
  job("in h");
  job("in e");
  job("out d/x");
  /* Opened by all means, and not read. */
  int unread = must(open("u", O_RDONLY));
  int other = must(open("e", O_RDONLY));
  must_be(read(other, text, 4) == 1 && read(other, text, 4) == 0);
  close(other);
  close(unread);
  read_at_once("a");
  close(read_in_place("b", O_RDONLY));
  close(read_in_place("g", O_RDWR));
  int fd = must(open("d/x", O_WRONLY));
  must((int)raw_call(SYS_write, fd, (long)"new", 3));
  close(fd);
  /* Open until the end. */
  read_in_place("h", O_RDONLY);
}
