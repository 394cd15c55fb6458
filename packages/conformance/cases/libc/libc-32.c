// title: a command inside an expanded word is seen
#include "case.h"
#include <wordexp.h>

int main(void) {
  wordexp_t words;
  must_be(wordexp("$(cat a)", &words, 0) == 0 && words.we_wordc == 1);
  expect_any("R a");
  job("in a");
}
