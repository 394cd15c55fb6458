// title: unlocked stream output is written
#include "case.h"

int main(void) {
  FILE *stream = fopen("n", "w");
  must_be(stream);
  for (int i = 0; i < 10000; i++) {
    putc_unlocked('x', stream);
    must_be(fwrite_unlocked("yz", 1, 2, stream) == 2);
  }
  must(fclose(stream));
  expect("C n");
  expect("W n");
  job("out n");
}
