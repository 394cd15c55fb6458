// title: truncation by a descriptor for reading is a write
#include "case.h"

int main(void) {
  /* POSIX leaves it open; Linux asks for write permission and cuts the file. */
  must_be(read(must(open("a", O_RDONLY | O_TRUNC)), text, 10) == 0);
  expect("W a");
  expect("R a");
  job("out a");
  job("int a");
}
