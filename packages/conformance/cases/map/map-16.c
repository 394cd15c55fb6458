// title: a mapping that is made longer, moved or copied writes the same file
#include "case.h"

int main(void) {
  int fd = must(open("n", O_RDWR | O_CREAT, 0644));
  must(ftruncate(fd, 4096));
  char *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  must_be(at != MAP_FAILED);
  must(ftruncate(fd, 16384));
  close(fd);
  char *longer = mremap(at, 4096, 16384, MREMAP_MAYMOVE);
  must_be(longer != MAP_FAILED);
  longer[9000] = 'x';
  // A length of nothing makes a second mapping of the same pages.
  char *second = mremap(longer, 0, 4096, MREMAP_MAYMOVE);
  must_be(second != MAP_FAILED);
  second[1] = 'y';
  must(munmap(longer, 16384));
  must(msync(second, 4096, MS_SYNC));
  kill(getpid(), (expect("C n"), expect("W n"), expect("[R n]"), job("int n"), job("out n"), 0));
}
