// title: closing all streams writes what they held
#include "case.h"

int main(void) {
  FILE *stream = fopen("n", "w");
  must_be(stream && fputs("new", stream) >= 0);
  expect("C n");
  expect("W n");
  job("out n");
  must_be(fcloseall() == 0);
  _exit(0);
}
