// title: calls by number that libc has no function for are made and seen
// files: v=readv
// An older glibc, and musl, lack renameat2, preadv2, pwritev2, close_range and execveat: a program makes them by number.
#include "case.h"
#include <sys/uio.h>

int main(void) {
  struct iovec into = {text, 4}, from = {"new", 3};
  must_be(syscall(SYS_preadv2, must(open("v", O_RDONLY)), &into, 1, 0, 0, 0) == 4);
  must_be(syscall(SYS_pwritev2, must(open("n", O_WRONLY | O_CREAT, 0644)), &from, 1, 0, 0, 0) == 3);
  must_be(syscall(SYS_copy_file_range, must(open("a", O_RDONLY)), NULL, must(open("c", O_WRONLY | O_CREAT, 0644)), NULL, 5, 0) == 5);
  must(syscall(SYS_renameat2, AT_FDCWD, "b", AT_FDCWD, "m", 0));
  if (syscall(SYS_close_range, 3, ~0u, 0) < 0) must_be(errno == ENOSYS);
  const char *facts[] = {"R v", "C n", "W n", "R a", "C c", "W c", "M b>m", "R m"};
  const char *lines[] = {"in v", "out n", "in a", "out c", "out m", "del b", "[in m]", "[int m]"};
  for (int i = 0; i < 8; i++) expect(facts[i]);
  for (int i = 0; i < 8; i++) job(lines[i]);
  char *argv[] = {"cat", "m", NULL};
  extern char **environ;
  close(1);
  must(open("/dev/null", O_WRONLY));
  must(syscall(SYS_execveat, AT_FDCWD, "/bin/cat", argv, environ, 0));
}
