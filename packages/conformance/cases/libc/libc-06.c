// title: what exit flushes is written
#include "case.h"

int main(void) {
  expect("C n");
  expect("W n");
  job("out n");
  must_be(freopen("n", "w", stdout));
  printf("flushed by exit, after main has returned\n");
  return 0;
}
