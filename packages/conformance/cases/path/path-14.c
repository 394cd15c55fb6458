// title: a path in a page that is not in memory yet is read all the same
#include "case.h"

int main(void) {
  int names = must(open("names", O_RDWR | O_CREAT, 0666));
  must(ftruncate(names, 8192));
  must(pwrite(names, "a", 2, 4096));
  must(posix_fadvise(names, 0, 0, POSIX_FADV_DONTNEED));
  char *page = mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, names, 0);
  must_be(page != MAP_FAILED);
  must(read(must(open(page + 4096, O_RDONLY)), text, 5));
  expect("C names");
  expect("W names");
  expect("R names");
  expect("R a");
  job("in a");
  job("out names");
  job("[int names]");
}
