// title: a name made for a file below a linked directory tells the old name by the directory's own path
// files: l->d e/
#include "case.h"

int main(void) {
  must(linkat(AT_FDCWD, "l/x", AT_FDCWD, "e/h", 0));
  expect("L d/x>e/h");
  job("name e/h>d/x");
}
