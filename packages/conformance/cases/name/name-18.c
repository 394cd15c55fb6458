// title: making directories is no access to content
#include "case.h"

int main(void) {
  must(mkdir("k", 0755));
  must(mkdirat(AT_FDCWD, "m", 0755));
  job("none");
}
