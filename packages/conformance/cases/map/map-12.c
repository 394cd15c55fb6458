// title: a part of a mapping may become writable
#include "case.h"

int main(void) {
  const long page = sysconf(_SC_PAGESIZE);
  must(truncate("b", 3 * page));
  char *at = mmap(NULL, 3 * page, PROT_READ, MAP_SHARED, must(open("b", O_RDWR)), 0);
  must_be(at != MAP_FAILED);
  must(mprotect(at + page, page, PROT_READ | PROT_WRITE));
  at[page] = 'j';
  expect("W b");
  expect("R b");
  job("out b");
  job("int b");
}
