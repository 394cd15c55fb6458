// title: a copy of a descriptor stands for the same file when the first one is closed
// files: e= f=
#include "case.h"

static void write_by(int copy, int original) {
  must(close(original));
  must_be(write(copy, "new", 3) == 3);
}

int main(void) {
  int b = must(open("b", O_WRONLY)), e = must(open("e", O_WRONLY)), f = must(open("f", O_WRONLY));
  write_by(must(dup(b)), b);
  write_by(must(dup3(e, 40, O_CLOEXEC)), e);
  write_by(must(fcntl(f, F_DUPFD_CLOEXEC, 50)), f);
  expect("W b");
  expect("W e");
  expect("W f");
  job("out b");
  job("out e");
  job("out f");
}
