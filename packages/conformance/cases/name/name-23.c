// title: changing metadata is no access to content
#include "case.h"
#include <sys/xattr.h>

int main(void) {
  must(chmod("a", 0600));
  must(chown("a", -1, -1));
  must(utimensat(AT_FDCWD, "a", NULL, 0));
  if (setxattr("a", "user.case", "x", 1, 0) < 0) must_be(errno == EOPNOTSUPP);
  job("none");
}
