// title: a rename moves content
#include "case.h"

int main(void) {
  must(rename("a", "c"));
  expect("M a>c");
  job("out c");
  job("del a");
}
