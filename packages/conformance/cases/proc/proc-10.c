// title: an interpreter that is a script itself is read too
// files: p=#!./q q=#!./r r=#!/bin/true
#include "case.h"

int main(void) {
  for (const char *name = "p\0q\0r"; *name; name += 2) must(chmod(name, 0755));
  pid_t child = must(fork());
  if (child == 0) must(execl("./p", "p", NULL));
  reap(child);
  expect_of(child, "X p");
  expect_of(child, "[X q]");
  expect_of(child, "[X r]");
  expect_of(child, "R p");
  expect_of(child, "R q");
  expect_of(child, "R r");
  job("in p");
  job("in q");
  job("in r");
}
