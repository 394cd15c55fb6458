// title: bytes that a file gets from another by ranges of clones, and holes between them, are reads and writes
// files: c=hello e=hello
#include "case.h"
#include <sys/sendfile.h>

int main(void) {
  int from = must(open("c", O_RDONLY)), to = must(open("e", O_RDWR));
  loff_t in = 1, out = 8;
  must_be(copy_file_range(from, &in, to, &out, 3, 0) == 3);
  // Within one file, from one place to another.
  in = 0, out = 20;
  must_be(copy_file_range(to, &in, to, &out, 4, 0) == 4);
  expect("R c");
  expect("R e");
  expect("W e");
  job("in c");
  job("[int e]");
  job("out e");
}
