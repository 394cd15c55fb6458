// title: a file that is cut by its name is told by it, whatever file had the next free number before
// owed: E=Y P=Y T=Y
#include "case.h"

int main(void) {
  int here = must(open(".", O_RDONLY | O_DIRECTORY));
  int fd = must(openat(here, "n", O_RDONLY | O_CREAT | O_NOFOLLOW, 0644));
  must(close(fd));
  must(truncate("b", 0));
  expect("C n");
  expect("W b");
  job("out n");
  job("out b");
}
