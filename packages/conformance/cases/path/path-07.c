// title: what is read through a bind mount is the same file
// needs: root
// files: m/
#include "case.h"
#include <sched.h>
#include <sys/mount.h>

int main(void) {
  if (unshare(CLONE_NEWNS)) skip("no mount namespace of one's own here");
  must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
  must(mount("d", "m", NULL, MS_BIND, NULL));
  must(read(must(open("m/x", O_RDONLY)), text, 4));
  expect_any("[R d/x]");
  expect_any("[R m/x]");
  job("[in m/x]");
  job("[in d/x]");
}
