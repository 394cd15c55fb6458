// title: descriptors beyond the first thousand are known as well as the others
// files: e=
#include "case.h"
#include <sys/resource.h>

int main(void) {
  struct rlimit limit;
  must(getrlimit(RLIMIT_NOFILE, &limit));
  limit.rlim_cur = limit.rlim_max < 5000 ? limit.rlim_max : 5000;
  if (limit.rlim_cur < 2048) skip("no more than 2047 descriptors are allowed");
  must(setrlimit(RLIMIT_NOFILE, &limit));
  int top = (int)limit.rlim_cur - 1;
  must(dup2(must(open("e", O_RDWR)), top));
  must_be(write(top, "new", 3) == 3);
  must_be(pread(must(fcntl(must(open("a", O_RDONLY)), F_DUPFD, 1500)), text, 10, 0) == 5);
  expect("W e");
  expect("R a");
  job("out e");
  job("in a");
}
