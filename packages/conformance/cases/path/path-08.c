// title: on an overlay a file keeps its path when a write copies it up
// owed: E=Y P=Y T=Y
// needs: root
// files: low/ low/f=hello up/ work/ all/
#include "case.h"
#include <sched.h>
#include <sys/mount.h>

int main(void) {
  if (unshare(CLONE_NEWNS)) skip("no mount namespace of one's own here");
  must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
  if (mount("overlay", "all", "overlay", 0, "lowerdir=low,upperdir=up,workdir=work")) skip("no overlay file system can be mounted here");
  int fd = must(open("all/f", O_RDONLY));
  must(read(fd, text, 5));
  close(fd);
  must(write(must(open("all/f", O_WRONLY)), "other", 5));
  expect("R all/f");
  expect("W all/f");
  job("[in all/f]");
  job("[out all/f]");
}
