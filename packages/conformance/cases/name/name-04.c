// title: a rename that is refused moves nothing
#include "case.h"

int main(void) {
  must_fail(renameat2(AT_FDCWD, "a", AT_FDCWD, "b", RENAME_NOREPLACE));
  job("none");
}
