// title: descriptor numbers have no bound
#include "case.h"
#include <sys/resource.h>

int main(void) {
  struct rlimit limit;
  must(getrlimit(RLIMIT_NOFILE, &limit));
  limit.rlim_cur = limit.rlim_max;
  must(setrlimit(RLIMIT_NOFILE, &limit));
  const int high = limit.rlim_max > 70000 ? 70000 : (int)limit.rlim_max - 1;
  int in = must(open("a", O_RDONLY));
  int other = must(open("b", O_RDONLY));
  must(dup2(in, 1500));
  must(dup2(other, high));
  close(in);
  close(other);
  must_be(read(1500, text, 10) == 5);
  must_be(read(high, text, 10) == 5);
  expect("R a");
  expect("R b");
  job("in a");
  job("in b");
}
