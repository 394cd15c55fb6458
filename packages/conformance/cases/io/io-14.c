// title: every call that writes is seen
#include "case.h"
#include <sys/uio.h>

static int made(const char *name) { return (int)must(open(name, O_WRONLY | O_CREAT, 0644)); }

int main(void) {
  struct iovec from = {"data", 4};
  must_be(pwrite64(made("p"), "data", 4, 0) == 4);
  must_be(writev(made("v"), &from, 1) == 4);
  must_be(pwritev(made("w"), &from, 1, 0) == 4);
  must_be(pwritev2(made("x"), &from, 1, 0, 0) == 4);
  for (const char *name = "pvwx"; *name; name++) {
    expect((char[]){'C', ' ', *name, 0});
    expect((char[]){'W', ' ', *name, 0});
    job((char[]){'o', 'u', 't', ' ', *name, 0});
  }
}
