// title: removed directories are removed names
// files: k/ m/
#include "case.h"

int main(void) {
  must(unlinkat(AT_FDCWD, "k", AT_REMOVEDIR));
  must(rmdir("m"));
  expect("D k");
  expect("D m");
  job("del k");
  job("del m");
}
