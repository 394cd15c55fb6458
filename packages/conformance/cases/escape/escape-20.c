// title: what a static program starts is seen again
// owed: E=Y P=H T=Y
// gaps: static-binary
// compiler: cc -static
#include "case.h"

int main(void) {
  pid_t child = must(fork());
  if (child == 0) must(execl("/bin/cat", "cat", "a", NULL));
  reap(child);
  expect_of(child, "R a");
  job("in a");
}
