// title: a program that is started in a pid namespace of its own is seen
// owed: E=Y P=H T=Y
// gaps: outside-namespace
// needs: root
#include "case.h"
#include <sched.h>

int main(void) {
  if (unshare(CLONE_NEWPID)) skip("no pid namespace of one's own here");
  pid_t child = must(fork());
  if (child == 0) {
    must_be(getpid() == 1);
    execl("/bin/cat", "cat", "a", NULL);
    _exit(96);
  }
  expect_of(child, "R a");
  job("in a");
  reap(child);
}
