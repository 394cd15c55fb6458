// title: truncation by path is a write
#include "case.h"

int main(void) {
  must(truncate("a", 2));
  expect("W a");
  job("out a");
}
