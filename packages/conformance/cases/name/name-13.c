// title: removing a symlink leaves its target
// files: s->a
#include "case.h"

int main(void) {
  must(unlink("s"));
  expect("D s");
  job("del s");
}
