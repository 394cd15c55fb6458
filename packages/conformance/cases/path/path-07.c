// title: what is read by its name and through a bind mount is one file
// needs: root
// files: m/
#include "case.h"
#include <sys/mount.h>

static void look(void) {
  must(read(must(open("d/x", O_RDONLY)), text, 4));
  must(read(must(open("m/x", O_RDONLY)), text, 4));
}

// In the namespace of everybody, as an administrator has mounted it: the parent takes it away whatever becomes of the child.
int main(void) {
  if (mount("d", "m", NULL, MS_BIND, NULL)) skip("nothing can be mounted here");
  pid_t child = fork();
  if (child == 0) {
    look();
    _exit(0);
  }
  int status;
  waitpid(child, &status, 0);
  must(umount2("m", MNT_DETACH));
  must_be(status == 0);
  expect_of(child, "R d/x");
  SAY("%d [R m/x]\n", child);
  job("in d/x");
  job("[name m/x>d/x]");
}
