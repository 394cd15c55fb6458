// title: places of PATH where a program is not are nothing
// files: m/ m/p=#!/bin/true u/ u/p=#!/bin/true
#include "case.h"

int main(void) {
  must(chmod("m/p", 0755));
  must(setenv("PATH", "x1:x2:u:x4:d:m:m", 1));
  pid_t child = must(fork());
  if (child == 0) must(execlp("p", "p", NULL));
  reap(child);
  expect_of(child, "X m/p");
  expect_of(child, "R m/p");
  job("in m/p");
}
