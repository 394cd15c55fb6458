// title: an existing file opened by a stream for writing is written
#include "case.h"

int main(void) {
  FILE *stream = fopen("a", "w");
  must_be(stream);
  must(fclose(stream));
  expect("W a");
  job("out a");
}
