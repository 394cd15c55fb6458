// title: formatted output to a descriptor is a write
#include "case.h"

int main(void) {
  must_be(dprintf(must(open("n", O_WRONLY | O_CREAT, 0644)), "%d", 7) == 1);
  expect("C n");
  expect("W n");
  job("out n");
}
