// title: fgets reads the file behind the stream
#include "case.h"

int main(void) {
  FILE *stream = fopen("a", "r");
  must_be(stream && fgets(text, sizeof text, stream));
  expect("R a");
  job("in a");
}
