// title: descriptor numbers above 1024 are known
#include "case.h"
#include <sys/resource.h>

int main(void) {
  struct rlimit limit;
  must(getrlimit(RLIMIT_NOFILE, &limit));
  limit.rlim_cur = limit.rlim_max;
  must(setrlimit(RLIMIT_NOFILE, &limit));
  if (limit.rlim_max <= 5000) skip("no more than 5000 files may be open");
  int in = must(open("a", O_RDONLY));
  must(dup2(in, 1500));
  close(in);
  int out = must(open("n", O_WRONLY | O_CREAT, 0644));
  must(dup2(out, 5000));
  close(out);
  must_be(read(1500, text, 10) == 5);
  must(write(5000, "new", 3));
  expect("R a");
  expect("C n");
  expect("W n");
  job("in a");
  job("out n");
}
