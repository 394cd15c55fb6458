// title: in namespaces of its own a program reads a bind mount; the record has the file or says that names are from inside
// owed: E=Y P=H T=H
// gaps: outside-namespace
// files: m/
#include "case.h"
#include <sched.h>
#include <sys/mount.h>

static void put(const char *path, const char *words) {
  int fd = must(open(path, O_WRONLY));
  must(write(fd, words, strlen(words)));
  close(fd);
}

int main(void) {
  char map[64];
  snprintf(map, sizeof map, "0 %d 1", (int)getuid());
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS)) skip("no user namespace of one's own here");
  put("/proc/self/uid_map", map);
  must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
  must(mount("d", "m", NULL, MS_BIND, NULL));
  must(read(must(open("m/x", O_RDONLY)), text, 4));
  // Outside, m/x is no file at all.
  expect("R d/x");
  expect("[R m/x]");
  job("in d/x");
  job("[in m/x]");
}
