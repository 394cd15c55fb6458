// title: a descriptor for the path alone is no access
#include "case.h"

int main(void) {
  struct stat stat;
  int fd = must(open("a", O_PATH));
  must(fstat(fd, &stat));
  job("none");
}
