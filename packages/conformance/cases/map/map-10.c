// title: a mapping that fails reads nothing
#include "case.h"

int main(void) {
  must_be(mmap(NULL, 0, PROT_READ, MAP_PRIVATE, must(open("a", O_RDONLY)), 0) == MAP_FAILED);
  job("none");
}
