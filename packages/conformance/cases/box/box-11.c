// title: what lies on a mount that only the program has is nobody else's file, and announced
// owed: E=H P=H T=H
// gaps: outside-namespace
// needs: root
// files: m/
#include "case.h"
#include <sched.h>
#include <sys/mount.h>

// Nobody else has this mount: the path inside its file system alone, /n, would be another file's.
int main(void) {
  if (unshare(CLONE_NEWNS)) skip("no mount namespace of one's own here");
  must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
  if (mount("own", "m", "tmpfs", 0, NULL)) skip("no tmpfs can be mounted here");
  must(write(must(open("m/n", O_WRONLY | O_CREAT, 0666)), "own", 3));
  must(read(must(open("m/n", O_RDONLY)), text, 3));
  must(read(must(open("a", O_RDONLY)), text, 3));
  must(rename("m/n", "m/moved"));
  expect("C m/n");
  expect("W m/n");
  expect("R m/n");
  expect("M m/n>m/moved");
  expect("R a");
  job("out m/moved");
  job("in a");
}
