// title: paths through /proc are the paths behind them
#include "case.h"

int main(void) {
  must(read(must(open("/proc/self/cwd/a", O_RDONLY)), text, 10));
  must(chdir("/proc/self/cwd/d"));
  must(read(must(open("x", O_RDONLY)), text, 10));
  expect("R a");
  expect("R d/x");
  job("in a");
  job("in d/x");
}
