// title: a file that changes places with a symlink is the only output
// owed: E=Y P=Y T=Y
#include "case.h"

int main(void) {
  must(symlink("a", "s"));
  must(renameat2(AT_FDCWD, "b", AT_FDCWD, "s", RENAME_EXCHANGE));
  expect("S s");
  expect("M b>s");
  expect("M s>b");
  job("out s");
  job("[del b]");
}
