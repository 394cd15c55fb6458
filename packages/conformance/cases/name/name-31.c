// title: a symlink is renamed and linked as itself
// files: s->a
#include "case.h"

int main(void) {
  must(link("s", "h"));
  must(rename("s", "c"));
  expect("L s>h");
  expect("M s>c");
  job("del s");
}
