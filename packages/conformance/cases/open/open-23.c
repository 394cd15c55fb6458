// title: a link that must not be followed is not followed
// files: s->a
#include "case.h"

int main(void) {
  must_fail(open("s", O_RDONLY | O_NOFOLLOW));
  must_fail(open("s", O_WRONLY | O_CREAT | O_EXCL, 0644));
  must_fail(open("a/", O_RDONLY));
  job("none");
}
