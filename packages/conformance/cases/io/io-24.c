// title: large-file names of calls are the same calls
// flags: -D_FILE_OFFSET_BITS=64
// files: v=readv w=preadv
#include "case.h"
#include <sys/uio.h>

int main(void) {
  struct iovec one = {text, 4};
  must_be(pread(must(open("a", O_RDONLY)), text, 4, 0) == 4);
  must_be(preadv(must(openat(AT_FDCWD, "v", O_RDONLY)), &one, 1, 0) == 4);
  must_be(preadv2(must(open("w", O_RDONLY)), &one, 1, 0, 0) == 4);
  int out = must(creat("n", 0644));
  must_be(pwrite(out, "new", 3, 0) == 3);
  must(truncate("b", 2));
  const char *read[] = {"R a", "R v", "R w"};
  for (int i = 0; i < 3; i++) expect(read[i]);
  expect("C n");
  expect("W n");
  expect("W b");
  const char *lines[] = {"in a", "in v", "in w", "out n", "out b"};
  for (int i = 0; i < 5; i++) job(lines[i]);
}
