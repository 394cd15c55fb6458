// title: remove takes the name away
#include "case.h"

int main(void) {
  must(remove("a"));
  expect("D a");
  job("del a");
}
