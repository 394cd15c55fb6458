// title: pages that are taken out of a shared mapping are taken out of the file
// files: big=0123456789
#include "case.h"

int main(void) {
  int fd = must(open("big", O_RDWR));
  must(ftruncate(fd, 8192)); // so that what is read then is the job's own
  char *at = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  must_be(at != MAP_FAILED);
  if (madvise(at, 4096, MADV_REMOVE) < 0) skip("no holes can be made here");
  close(fd);
  expect("R big");
  expect("W big");
  job("[in big]");
  job("[int big]");
  job("out big");
}
