// title: what closefrom closed and what it left open are told apart
#include "case.h"

int main(void) {
  int low = must(open("a", O_RDONLY)), high = must(fcntl(low, F_DUPFD, 30));
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
  closefrom(high);
#else
  must(close(high));
#endif
  must_be(fcntl(high, F_GETFD) < 0 && read(low, text, 10) == 5);
  must(dup2(must(open("b", O_RDONLY)), high));
  must_be(read(high, text, 10) == 5);
  expect("R a");
  expect("R b");
  job("in a");
  job("in b");
}
