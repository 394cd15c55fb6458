// title: two files swapped through a third name are two outputs
#include "case.h"

int main(void) {
  must(rename("a", "t"));
  must(rename("b", "a"));
  must(rename("t", "b"));
  expect("M a>t");
  expect("M b>a");
  expect("M t>b");
  job("out a");
  job("out b");
  job("tmp t");
}
