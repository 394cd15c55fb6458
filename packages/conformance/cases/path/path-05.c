// title: .. behind a symlinked directory leads where the kernel goes, not where the words say
// files: far/ far/deep/ far/x=far s->far/deep
#include "case.h"

int main(void) {
  must(read(must(open("s/../x", O_RDONLY)), text, 3));
  must_be(!memcmp(text, "far", 3));
  expect("R far/x");
  job("in far/x");
  job("[name s/../x>far/x]");
}
