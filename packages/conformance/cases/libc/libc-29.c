// title: output that is never flushed is not written
#include "case.h"

int main(void) {
  FILE *stream = fopen("n", "w");
  must_be(stream && fputs("lost", stream) >= 0);
  expect("C n");
  job("out n");
  _exit(0);
}
