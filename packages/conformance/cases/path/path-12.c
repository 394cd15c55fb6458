// title: an empty path with AT_EMPTY_PATH is the file of the descriptor
#include "case.h"

int main(void) {
  struct stat found;
  int fd = must(open("a", O_RDONLY));
  must(fstatat(fd, "", &found, AT_EMPTY_PATH));
  must_be(found.st_size == 5);
  must(read(fd, text, 5));
  int made = must(open("d", O_TMPFILE | O_RDWR, 0666));
  must(write(made, "new", 3));
  if (linkat(made, "", AT_FDCWD, "n", AT_EMPTY_PATH) < 0) skip("linkat with an empty path is not permitted here");
  expect("R a");
  expect("C n");
  expect("W n");
  job("in a");
  job("out n");
}
