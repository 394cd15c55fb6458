// title: paths through /proc are the files behind them
#include "case.h"

int main(void) {
  char cwd[4096], path[8192];
  must_be(getcwd(cwd, sizeof cwd) != NULL);
  snprintf(path, sizeof path, "/proc/self/root%s/a", cwd);
  must(read(must(open(path, O_RDONLY)), text, 5));
  snprintf(path, sizeof path, "/proc/%d/cwd/b", getpid());
  must(read(must(open(path, O_RDONLY)), text, 5));
  must(read(must(open("/proc/thread-self/cwd/d/x", O_RDONLY)), text, 1));
  expect("R a");
  expect("R b");
  expect("R d/x");
  job("in a");
  job("in b");
  job("in d/x");
}
