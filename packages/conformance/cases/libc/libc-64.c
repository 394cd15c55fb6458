// title: a stream that is opened anew without a name writes the file that it had
#include "case.h"

int main(void) {
#ifndef __GLIBC__
  skip("musl only sets flags of a stream that is opened without a name");
#endif
  FILE *stream = fopen("a", "r");
  must_be(stream && fgetc(stream) == 'h');
  stream = freopen(NULL, "r+", stream);
  must_be(stream && fputs("J", stream) >= 0 && fclose(stream) == 0);
  stream = fopen("b", "r");
  stream = freopen(NULL, "w", stream);
  must_be(stream && fclose(stream) == 0);
  expect("R a");
  expect("W a");
  expect("W b");
  job("in a");
  job("out a");
  job("out b");
}
