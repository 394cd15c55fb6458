// title: forty thousand short children, more than there are process numbers, take none of each other's facts
// repeat: 1
#include "case.h"

/* Of each ten thousand one reads and one writes; a number that comes again says nothing about who it is. */
int main(void) {
  int shared = must(open("b", O_WRONLY));
  for (int i = 0; i < 40000; i++) {
    pid_t child = must(fork());
    if (child == 0) {
      if (i % 10000 == 5) must_be(read(must(open("a", O_RDONLY)), text, 10) == 5);
      if (i % 10000 == 7) must_be(write(shared, "B", 1) == 1);
      _exit(0);
    }
    reap(child);
    if (i % 10000 == 5) expect_of(child, "R a");
    if (i % 10000 == 7) expect_of(child, "W b");
  }
  job("in a");
  job("out b");
}
