// title: every way to make a temporary name makes a file
#include "case.h"

int main(void) {
  char first[] = "nXXXXXX", second[] = "nXXXXXX.o", third[] = "nXXXXXX.o", line[40];
  close(must(mkostemp(first, O_CLOEXEC)));
  close(must(mkstemps(second, 2)));
  close(must(mkostemps(third, 2, O_CLOEXEC)));
  const char *names[] = {first, second, third};
  for (int i = 0; i < 3; i++) {
    snprintf(line, sizeof line, "C %s", names[i]);
    expect(line);
    snprintf(line, sizeof line, "out %s", names[i]);
    job(line);
  }
}
