// title: a file without a name and a file of memory at the same time are told apart
#include "case.h"

int main(void) {
  int memory = must(memfd_create("m", 0));
  must(write(memory, "memory", 6));
  int file = open("d", O_TMPFILE | O_RDWR, 0644);
  if (file < 0 && errno == EOPNOTSUPP) skip("this file system has no O_TMPFILE");
  must(file);
  must(write(file, "file", 4));
  must(pread(file, text, 4, 0));
  must(close(memory));
  must(close(file));
  job("none");
}
