// title: a script that is executed by its descriptor is read by its interpreter, and its children are its own
#include "case.h"

// It lives for a while: whoever looks at it from outside finds the script by its descriptor alone.
int main(void) {
  int fd = must(open("script", O_WRONLY | O_CREAT, 0755));
  const char *lines = "#!/bin/sh\nsleep 0.3\ncat b > n\n";
  must(write(fd, lines, strlen(lines)));
  must(close(fd));
  pid_t child = must(fork());
  if (child == 0) {
    int script = open("script", O_RDONLY);
    char *words[] = {"script", NULL}, *none[] = {NULL};
    fexecve(script, words, none);
    _exit(127);
  }
  reap(child);
  expect("C script");
  expect("W script");
  expect_any("R script");
  expect_of(child, "X script");
  expect_any("R b");
  expect_of(child, "C n");
  expect_any("W n");
  job("in b");
  job("out n");
  job("out script");
  job("[int script]");
}
