// title: a stream that maps its file reads it
#include "case.h"

int main(void) {
  FILE *stream = fopen("a", "rm");
  must_be(stream && fgets(text, sizeof text, stream) && !strcmp(text, "hello"));
  must(fclose(stream));
  expect("R a");
  job("in a");
}
