// title: a stream that goes back to where it was has still been read
#include "case.h"

int main(void) {
  FILE *stream = fopen("a", "r");
  must_be(stream && fseek(stream, 2, SEEK_SET) == 0);
  must_be(fgetc(stream) == 'l' && ungetc('l', stream) == 'l');
  must(fseek(stream, 0, SEEK_SET));
  expect("R a");
  job("in a");
  _exit(0);
}
