// title: a removed name is deleted
#include "case.h"

int main(void) {
  must(unlink("a"));
  expect("D a");
  job("del a");
}
