// title: an exchange moves both contents and deletes none
#include "case.h"

int main(void) {
  if (renameat2(AT_FDCWD, "a", AT_FDCWD, "b", RENAME_EXCHANGE) < 0) skip("this file system exchanges no names");
  expect("M a>b");
  expect("M b>a");
  job("out a");
  job("out b");
}
