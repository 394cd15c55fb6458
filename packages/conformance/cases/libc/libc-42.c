// title: a file that libc opens for its caller is seen
// files: m=/dev/none
#include "case.h"
#include <mntent.h>

int main(void) {
  FILE *stream = setmntent("m", "r");
  must_be(stream);
  getmntent(stream);
  endmntent(stream);
  expect("R m");
  job("in m");
}
