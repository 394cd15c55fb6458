// title: a program that could not be executed was not
#include "case.h"

int main(void) {
  must_fail(execl("nowhere", "nowhere", NULL));
  must_be(errno == ENOENT);
  must_fail(execl("a", "a", NULL));
  must_be(errno == EACCES);
  must_fail(execl("a/b", "a", NULL));
  must_be(errno == ENOTDIR);
  must(chmod("b", 0755));
  must_fail(execl("b", "b", NULL));
  must_be(errno == ENOEXEC);
  job("none");
}
