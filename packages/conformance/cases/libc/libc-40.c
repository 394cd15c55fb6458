// title: a stream that was read before the file was cut is an input
#include "case.h"

int main(void) {
  FILE *in = fopen("a", "r");
  must_be(in && fgets(text, sizeof text, in));
  FILE *out = fopen("a", "w");
  must_be(out && fputs("other", out) >= 0);
  must(fclose(out));
  must(fclose(in));
  expect("R a");
  expect("W a");
  job("in a");
  job("out a");
}
