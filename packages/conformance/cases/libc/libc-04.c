// title: an append stream keeps the old content
#include "case.h"

int main(void) {
  FILE *stream = fopen("a", "a+");
  must_be(stream && fputs("!", stream) >= 0);
  must(fclose(stream));
  expect("W a");
  job("out a");
  job("append a");
}
