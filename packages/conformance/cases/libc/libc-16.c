// title: asking for the real path reads nothing
// files: s->a
#include "case.h"

int main(void) {
  char path[4096];
  must_be(realpath("s", path));
  job("none");
}
