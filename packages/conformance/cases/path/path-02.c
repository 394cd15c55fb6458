// title: the longest name and the longest path are kept whole
#include "case.h"

#define DEPTH 12

int main(void) {
  char name[256], path[4096] = "", line[4200];
  memset(name, 'n', 255);
  name[255] = 0;
  for (int i = 0; i < DEPTH; i++) {
    strcat(strcat(path, name), "/");
    must(mkdir(path, 0777));
  }
  strcat(path, "f");
  must(write(must(open(path, O_WRONLY | O_CREAT, 0666)), "new", 3));
  snprintf(line, sizeof line, "C %s", path);
  expect(line);
  *line = 'W';
  expect(line);
  snprintf(line, sizeof line, "out %s", path);
  job(line);
}
