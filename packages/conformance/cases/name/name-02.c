// title: a rename may replace a file
#include "case.h"

int main(void) {
  must(rename("a", "b"));
  expect("M a>b");
  job("out b");
  job("del a");
}
