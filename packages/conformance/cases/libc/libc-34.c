// title: a stream moved to another file writes there
#include "case.h"

int main(void) {
  FILE *stream = fopen("n", "w");
  must_be(stream && fputs("one", stream) >= 0);
  stream = freopen("c", "w", stream);
  must_be(stream && fputs("two", stream) >= 0);
  must(fclose(stream));
  expect("C n");
  expect("W n");
  expect("C c");
  expect("W c");
  job("out n");
  job("out c");
}
