// title: an exclusive create that meets a file is no access
#include "case.h"

int main(void) {
  must_fail(open("a", O_WRONLY | O_CREAT | O_EXCL, 0644));
  job("none");
}
