// title: a stream that is closed without output leaves an empty file
#include "case.h"

int main(void) {
  FILE *stream = fopen("n", "w");
  must_be(stream);
  must(fclose(stream));
  expect("C n");
  job("out n");
}
