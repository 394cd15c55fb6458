// title: what closefrom closed and what it left open are told apart
#include "case.h"

#define CLOSE_FROM(fd) must(syscall(436, fd, ~0u, 0))
#ifdef __GLIBC_PREREQ
#if __GLIBC_PREREQ(2, 34)
#undef CLOSE_FROM
#define CLOSE_FROM(fd) closefrom(fd)
#endif
#endif

int main(void) {
  int low = must(open("a", O_RDONLY)), high = must(fcntl(low, F_DUPFD, 30));
  CLOSE_FROM(high);
  must_be(fcntl(high, F_GETFD) < 0 && read(low, text, 10) == 5);
  must(dup2(must(open("b", O_RDONLY)), high));
  must_be(read(high, text, 10) == 5);
  expect("R a");
  expect("R b");
  job("in a");
  job("in b");
}
