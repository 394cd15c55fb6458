// title: a program that makes itself opaque is seen, or said not to be
// needs: root
#include "case.h"
#include <sys/prctl.h>

// As ssh-agent and gpg-agent do: nobody but root may look into it, and this user is none.
int main(void) {
  must(chmod(".", 0777));
  expect("R a");
  expect("C n");
  expect("W n");
  job("in a");
  job("out n");
  must(setgid(65534));
  must(setuid(65534));
  must(prctl(PR_SET_DUMPABLE, 0));
  int fd = must(open("a", O_RDONLY));
  must_be(read(fd, text, 5) == 5);
  fd = must(open("n", O_WRONLY | O_CREAT, 0644));
  must_be(write(fd, "new", 3) == 3);
}
