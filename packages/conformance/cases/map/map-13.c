// title: memory shared without a file is no access
#include "case.h"

int main(void) {
  char *at = mmap(NULL, 5, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  must_be(at != MAP_FAILED);
  *at = 'j';
  int fd = must(memfd_create("memory", 0));
  must(ftruncate(fd, 10));
  at = mmap(NULL, 5, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  must_be(at != MAP_FAILED);
  *at = 'j';
  job("none");
}
