// title: a program that a child executes reads as that child
#include "case.h"

int main(void) {
  pid_t child = must(fork());
  if (child == 0) must(execlp("cat", "cat", "a", NULL));
  reap(child);
  expect_of(child, "R a");
  job("in a");
}
