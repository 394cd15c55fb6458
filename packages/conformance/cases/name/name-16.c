// title: removals that fail remove nothing
#include "case.h"

int main(void) {
  must_fail(unlink("missing"));
  must_fail(rmdir("d"));
  job("none");
}
