// title: a writable mapping without a store may be called a write until the file is looked at
// owed: E=H P=H T=H
#include "case.h"

int main(void) {
  char *at = mmap(NULL, 5, PROT_READ | PROT_WRITE, MAP_SHARED, must(open("a", O_RDWR)), 0);
  must_be(at != MAP_FAILED && *at == 'h');
  expect("[W a]");
  expect("[R a]");
  job("[out a]");
  job("[in a]");
}
