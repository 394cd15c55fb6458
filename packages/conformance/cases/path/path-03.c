// title: a path longer than the kernel will name is never a wrong one
// owed: E=Y P=H T=H
// gaps: path-too-long
#include "case.h"

#define DEPTH 30

int main(void) {
  char name[201];
  memset(name, 'n', 200);
  name[200] = 0;
  for (int i = 0; i < DEPTH; i++) {
    must(mkdir(name, 0777));
    must(chdir(name));
  }
  must(write(must(open("f", O_WRONLY | O_CREAT, 0666)), "new", 3));
  static char line[8192] = "C ";
  for (int i = 0; i < DEPTH; i++) strcat(strcat(line, name), "/");
  strcat(line, "f");
  expect(line);
  line[0] = 'W';
  expect(line);
  static char out[8192] = "out ";
  strcat(out, line + 2);
  job(out);
}
