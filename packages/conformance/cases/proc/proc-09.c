// title: a script is executed and read, whatever its interpreter does with it
// files: p=#!/bin/true
#include "case.h"

int main(void) {
  must(chmod("p", 0755));
  pid_t child = must(fork());
  if (child == 0) must(execl("./p", "p", NULL));
  reap(child);
  expect_of(child, "X p");
  expect_of(child, "R p");
  job("in p");
}
