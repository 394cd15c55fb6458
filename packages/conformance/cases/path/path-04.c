// title: a chain of forty symlinks is one name of the file at its end, a loop is none
// files: s0->a
#include "case.h"

int main(void) {
  char from[16], to[16];
  for (int i = 1; i < 40; i++) {
    snprintf(to, sizeof to, "s%d", i - 1);
    snprintf(from, sizeof from, "s%d", i);
    must(symlink(to, from));
    snprintf(to, sizeof to, "S s%d", i);
    expect(to);
  }
  must(symlink("loop", "loop"));
  expect("S loop");
  must(read(must(open("s39", O_RDONLY)), text, 10));
  must_fail(open("loop", O_RDONLY));
  must_be(errno == ELOOP);
  expect("R a");
  job("in a");
  job("name s39>a");
}
