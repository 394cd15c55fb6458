// title: a file that replaced an open one does not get its writes
#include "case.h"

int main(void) {
  int old = must(open("a", O_WRONLY));
  must(rename("b", "a"));
  must(write(old, "dead", 4));
  expect("M b>a");
  expect("[W a]");
  job("out a");
  job("del b");
}
