// title: a library that the loader needs is an input
// linked: libcase.so
#ifdef LIBRARY
int answer(void) { return 42; }
#else
#include "case.h"
int answer(void);

int main(void) {
  must_be(answer() == 42);
  expect("R libcase.so");
  job("in libcase.so");
}
#endif
