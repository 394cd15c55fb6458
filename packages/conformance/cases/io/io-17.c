// title: a file that may not be read is no input
// needs: root
#include "case.h"

int main(void) {
  must(chmod("a", 0));
  job("none");
  must(setresgid(65534, 65534, 65534));
  must(setresuid(65534, 65534, 65534));
  must_fail(open("a", O_RDONLY));
}
