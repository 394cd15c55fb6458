// title: a script that is executed by its descriptor is read, however short its interpreter lives and whether it opens it or not
#include "case.h"

int main(void) {
  int fd = must(open("script", O_WRONLY | O_CREAT, 0755));
  const char *lines = "#!/bin/true\n";
  must(write(fd, lines, strlen(lines)));
  must(close(fd));
  for (int i = 0; i < 20; i++) {
    pid_t child = must(fork());
    if (child == 0) {
      int script = open("script", O_RDONLY);
      char *words[] = {"script", NULL}, *none[] = {NULL};
      fexecve(script, words, none);
      _exit(127);
    }
    reap(child);
    expect_of(child, "R script");
    expect_of(child, "X script");
  }
  expect("C script");
  expect("W script");
  job("out script");
  job("int script");
}
