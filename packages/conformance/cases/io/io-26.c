// title: a read into memory that is not there reads nothing
#include "case.h"

int main(void) {
  char *volatile nowhere = NULL;
  must_fail(read(must(open("a", O_RDONLY)), nowhere, 10));
  job("none");
}
