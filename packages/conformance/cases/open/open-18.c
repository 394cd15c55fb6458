// title: nothing can be opened in a directory that is gone
// files: m/
#include "case.h"

int main(void) {
  must(chdir("m"));
  must(rmdir("../m"));
  must_fail(open("y", O_RDONLY));
  must_fail(open("y", O_WRONLY | O_CREAT, 0644));
  expect("D m");
  job("del m");
}
