// title: what the kernel says of itself on a mount of the program's own is no file that could be missed
// owed: E=Y P=H T=Y
// gaps: outside-namespace
// needs: root
// files: m/
#include "case.h"
#include <sched.h>
#include <sys/mount.h>

int main(void) {
  if (unshare(CLONE_NEWNS)) skip("no mount namespace of one's own here");
  must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
  if (mount("proc", "/proc", "proc", 0, NULL)) skip("no proc can be mounted here");
  must(read(must(open("/proc/self/status", O_RDONLY)), text, 3));
  must(read(must(open("a", O_RDONLY)), text, 3));
  expect("R a");
  job("in a");
}
