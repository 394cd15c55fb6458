// title: a missing file is no input
#include "case.h"

int main(void) {
  must_fail(open("missing", O_RDONLY));
  job("none");
}
