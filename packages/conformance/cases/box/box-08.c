// title: a program that looks for a tracer finds none
#include "case.h"
#include <sys/ptrace.h>

int main(void) {
  char line[256];
  FILE *status = fopen("/proc/self/status", "r");
  must_be(status != NULL);
  int tracer = -1;
  while (fgets(line, sizeof line, status)) sscanf(line, "TracerPid: %d", &tracer);
  fclose(status);
  printf("tracer %d\n", tracer);
  printf("traceme %d\n", ptrace(PTRACE_TRACEME, 0, 0, 0) == 0);
  must(read(must(open("a", O_RDONLY)), text, 5));
  expect("R a");
  job("in a");
}
