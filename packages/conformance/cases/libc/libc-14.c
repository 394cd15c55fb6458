// title: mkstemp makes a file of the name it found
#include "case.h"

int main(void) {
  char name[] = "nXXXXXX";
  char line[32];
  int fd = must(mkstemp(name));
  must(write(fd, "new", 3));
  snprintf(line, sizeof line, "C %s", name);
  expect(line);
  line[0] = 'W';
  expect(line);
  snprintf(line, sizeof line, "out %s", name);
  job(line);
}
