// title: a rename may leave a whiteout behind
// needs: root
#include "case.h"

int main(void) {
  if (renameat2(AT_FDCWD, "a", AT_FDCWD, "c", RENAME_WHITEOUT) < 0) skip("this file system makes no whiteouts");
  expect("M a>c");
  expect("C a");
  job("out c");
  job("del a");
}
