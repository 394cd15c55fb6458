// title: a number that exec closed stands for the new program's file
#include "case.h"

int main(int argc, char **argv) {
  if (argc == 1) {
    int fd = must(open("a", O_RDONLY | O_CLOEXEC));
    snprintf(text, sizeof text, "%d", fd);
    must(execl("/proc/self/exe", argv[0], text, NULL));
  }
  int fd = must(open("b", O_RDONLY));
  must_be(fd == atoi(argv[1]) && read(fd, text, 10) == 5);
  expect("R b");
  job("in b");
}
