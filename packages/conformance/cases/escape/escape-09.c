// title: a program that takes its environment away before it starts another
#include "case.h"

int main(void) {
  expect("R a");
  job("in a");
  unsetenv("LD_PRELOAD");
  clearenv();
  must(execl("/bin/cat", "cat", "a", NULL));
}
