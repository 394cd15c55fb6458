// title: a file opened before any constructor of the tracer is seen
// linked: libcase.so
// flags: -Wl,-z,initfirst
#ifdef LIBRARY
#include <fcntl.h>
#include <unistd.h>

long early_bytes;

// With -z initfirst this runs before libc's own constructor: only plain calls are safe.
__attribute__((constructor)) static void early(void) {
  char bytes[10];
  early_bytes = read(open("a", O_RDONLY), bytes, sizeof bytes);
}
#else
#include "case.h"
extern long early_bytes;

int main(void) {
  must_be(early_bytes == 5);
  expect("R libcase.so");
  expect("R a");
  job("in libcase.so");
  job("in a");
}
#endif
