// title: a move to another file system is a copy and a removal
#include "case.h"

int main(void) {
  char place[64], target[80];
  struct stat here, there;
  snprintf(place, sizeof place, "/dev/shm/roar-case-%d", (int)getpid());
  snprintf(target, sizeof target, "%s/n", place);
  if (mkdir(place, 0755) < 0) skip("/dev/shm cannot be written");
  SAY("root m %s\n", place);
  must(stat(".", &here));
  must(stat(place, &there));
  if (here.st_dev == there.st_dev) skip("/dev/shm is on the same file system");
  expect("R a");
  expect("C m/n");
  expect("W m/n");
  expect("D a");
  job("in a");
  job("out m/n");
  job("del a");
  must(execlp("mv", "mv", "a", target, NULL));
}
