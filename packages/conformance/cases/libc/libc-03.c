// title: an update stream that only writes is an output
#include "case.h"

int main(void) {
  FILE *stream = fopen("a", "r+");
  must_be(stream && fputs("J", stream) >= 0);
  must(fclose(stream));
  expect("W a");
  expect("[R a]");
  job("out a");
  job("[in a]");
}
