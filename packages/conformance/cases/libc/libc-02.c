// title: fputs writes when the stream is closed
#include "case.h"

int main(void) {
  FILE *stream = fopen("n", "w");
  must_be(stream && fputs("new", stream) >= 0);
  must(fclose(stream));
  expect("C n");
  expect("W n");
  job("out n");
}
