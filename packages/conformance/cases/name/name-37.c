// title: files read from one open directory are told by the names that they have, though one was renamed since it was opened
// owed: E=Y P=Y T=Y
#include "case.h"

int main(void) {
  int here = must(open(".", O_RDONLY | O_DIRECTORY));
  int first = must(openat(here, "b", O_RDONLY | O_NOFOLLOW));
  must_be(read(first, text, 10) == 5);
  int second = must(openat(here, "a", O_RDONLY | O_NOFOLLOW));
  must(rename("a", "n"));
  must_be(read(second, text, 10) == 5);
  expect("R b");
  expect("M a>n");
  expect("R n");
  job("in b");
  job("in n");
  job("out n");
  job("del a");
}
