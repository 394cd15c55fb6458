// title: four processes that open a thousand files a quarter of a million times lose none
// repeat: 1
#include "case.h"

#define FILES 1000
#define OPENS 50000

int main(void) {
  char name[16], line[32];
  for (int i = 0; i < FILES; i++) {
    snprintf(name, sizeof name, "f%d", i);
    int fd = must(open(name, O_WRONLY | O_CREAT, 0666));
    must(write(fd, "x", 1));
    close(fd);
    snprintf(line, sizeof line, "C %s", name);
    expect(line);
    *line = 'W';
    expect(line);
    snprintf(line, sizeof line, "out %s", name);
    job(line);
    snprintf(line, sizeof line, "[int %s]", name);
    job(line);
    snprintf(line, sizeof line, "R %s", name);
    expect_any(line);
  }
  pid_t children[4];
  for (int c = 0; c < 4; c++) {
    if ((children[c] = must(fork())) != 0) continue;
    for (int i = 0; i < OPENS; i++) {
      snprintf(name, sizeof name, "f%d", (i * 7 + c) % FILES);
      int fd = must(open(name, O_RDONLY));
      must(read(fd, text, 1));
      close(fd);
    }
    _exit(0);
  }
  for (int c = 0; c < 4; c++) reap(children[c]);
}
