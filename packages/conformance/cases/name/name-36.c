// title: a name given up by link and unlink moves content
#include "case.h"

int main(void) {
  must(link("a", "h"));
  must(unlink("a"));
  expect("L a>h");
  expect("D a");
  job("del a");
  job("[out h]");
}
