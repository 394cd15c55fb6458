// title: a stream over an inherited standard input reads its file
// stdin: a
#include "case.h"

int main(void) {
  must_be(fgets(text, sizeof text, stdin) && strcmp(text, "hello") == 0);
  expect("R a");
  job("in a");
}
