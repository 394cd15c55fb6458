// title: opening with truncation writes, whatever follows
#include "case.h"

int main(void) {
  close(must(open("a", O_WRONLY | O_TRUNC)));
  expect("W a");
  job("out a");
}
