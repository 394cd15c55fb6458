// title: a program that may open no more files fails as it does alone
#include "case.h"
#include <sys/resource.h>

int main(void) {
  int fd = must(open("a", O_RDONLY));
  expect("R a");
  expect("M b>c");
  job("in a");
  job("out c");
  job("del b");
  must(setrlimit(RLIMIT_NOFILE, &(struct rlimit){(rlim_t)fd + 1, (rlim_t)fd + 1}));
  must_fail(open("b", O_RDONLY));
  must_be(errno == EMFILE);
  must_fail(open("n", O_WRONLY | O_CREAT, 0644));
  must_be(errno == EMFILE);
  must_fail(dup(fd));
  must_be(errno == EMFILE);
  must_be(read(fd, text, 10) == 5);
  must(rename("b", "c"));
}
