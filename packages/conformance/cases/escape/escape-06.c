// title: reads and writes given to io_uring make no call that could be seen
// owed: E=Y P=N T=N
// gaps: io-uring
#include "case.h"
#include "ring.h"

int main(void) {
  struct ring ring = ring_make(0);
  int in = ring_open(&ring, "a", O_RDONLY);
  must_be(ring_do(&ring, IORING_OP_READ, in, text, 10) == 5);
  int out = ring_open(&ring, "n", O_WRONLY | O_CREAT);
  must_be(ring_do(&ring, IORING_OP_WRITE, out, text, 5) == 5);
  expect("R a");
  expect("C n");
  expect("W n");
  job("in a");
  job("out n");
}
