// title: descriptor numbers have no bound
#include "case.h"
#include <sys/resource.h>

int main(void) {
  const int high = 70000;
  struct rlimit limit;
  must(getrlimit(RLIMIT_NOFILE, &limit));
  if (limit.rlim_max <= (rlim_t)high) limit.rlim_max = high + 1;
  limit.rlim_cur = limit.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &limit) < 0) skip("the limit of open files cannot be raised above 65536");
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
