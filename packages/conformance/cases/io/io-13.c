// title: every call that reads is seen
// files: p=pread v=readv w=preadv x=preadv2
#include "case.h"
#include <sys/uio.h>

static int opened(const char *name) { return (int)must(open(name, O_RDONLY)); }

int main(void) {
  struct iovec into = {text, 4};
  must_be(pread64(opened("p"), text, 4, 0) == 4);
  must_be(readv(opened("v"), &into, 1) == 4);
  must_be(preadv(opened("w"), &into, 1, 0) == 4);
  must_be(preadv2(opened("x"), &into, 1, 0, 0) == 4);
  for (const char *name = "pvwx"; *name; name++) {
    expect((char[]){'R', ' ', *name, 0});
    job((char[]){'i', 'n', ' ', *name, 0});
  }
}
