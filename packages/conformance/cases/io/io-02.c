// title: a file that is only opened was not read
#include "case.h"

int main(void) {
  close(must(open("a", O_RDONLY)));
  job("none");
}
