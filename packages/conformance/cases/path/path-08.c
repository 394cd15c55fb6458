// title: on an overlay a file keeps its path when a write copies it up
// needs: root
// files: low/ low/f=hello up/ work/ all/
#include "case.h"
#include <sys/mount.h>

static void change(void) {
  int fd = must(open("all/f", O_RDONLY));
  must(read(fd, text, 5));
  must(write(must(open("all/f", O_WRONLY)), "other", 5));
  // The copy has another inode than what was read.
  must(access("up/f", F_OK));
}

// In the namespace of everybody, as an administrator has mounted it: the parent takes it away whatever becomes of the child.
int main(void) {
  if (mount("overlay", "all", "overlay", 0, "lowerdir=low,upperdir=up,workdir=work")) skip("no overlay file system can be mounted here");
  pid_t child = fork();
  if (child == 0) {
    change();
    _exit(0);
  }
  int status;
  waitpid(child, &status, 0);
  must(umount2("all", MNT_DETACH));
  must_be(status == 0);
  expect_of(child, "R all/f");
  expect_of(child, "W all/f");
  job("in all/f");
  job("out all/f");
}
