// title: a stream that is read and rewound is an input
#include "case.h"

int main(void) {
  FILE *stream = fopen("a", "r");
  must_be(stream && fgetc(stream) == 'h');
  rewind(stream);
  must(fclose(stream));
  expect("R a");
  job("in a");
}
