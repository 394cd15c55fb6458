// title: five hundred children at once lose nothing
#include "case.h"

int main(void) {
  pid_t children[500];
  int gate[2];
  must(pipe(gate));
  for (int i = 0; i < 500; i++) {
    children[i] = must(fork());
    if (children[i]) continue;
    char name[16];
    snprintf(name, sizeof name, "f%d", i);
    must(close(gate[1]));
    must_be(read(gate[0], text, 1) == 0);
    _exit(write(open(name, O_WRONLY | O_CREAT, 0644), "new", 3) == 3 ? 0 : 1);
  }
  must(close(gate[1]));
  for (int i = 0; i < 500; i++) {
    reap(children[i]);
    SAY("%d C f%d\n%d W f%d\njob out f%d\n", (int)children[i], i, (int)children[i], i, i);
  }
}
