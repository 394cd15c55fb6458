// title: a program that keeps all of its memory from being paged out gets no more of it than alone, and may do so
// needs: root
#include "case.h"
#include <sys/resource.h>

static long locked(void) {
  char line[256];
  long kilobytes = 0;
  FILE *status = fopen("/proc/self/status", "r");
  must_be(status);
  while (fgets(line, sizeof line, status)) sscanf(line, "VmLck: %ld", &kilobytes);
  fclose(status);
  return kilobytes;
}

static void keep(long call) {
  must(call);
  must_be(locked() > 0 && locked() < 16 << 10);
  must(munlockall());
  must_be(locked() == 0);
}

// The second time as somebody who may lock 8 MiB, as everybody may, and not more.
int main(void) {
  if (mlockall(MCL_CURRENT) < 0) skip("memory cannot be locked here");
  keep(mlockall(MCL_CURRENT | MCL_FUTURE));
  struct rlimit limit;
  must(getrlimit(RLIMIT_MEMLOCK, &limit));
  if (limit.rlim_max < 8 << 20) skip("too little memory may be locked here");
  limit.rlim_cur = 8 << 20;
  must(chmod(".", 0777));
  must(setrlimit(RLIMIT_MEMLOCK, &limit));
  expect("R a");
  expect("C n");
  expect("W n");
  job("in a");
  job("out n");
  must(setgid(65534));
  must(setuid(65534));
  keep(mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT));
  keep(syscall(SYS_mlockall, MCL_CURRENT));
  limit.rlim_cur = 64 << 10;
  must(setrlimit(RLIMIT_MEMLOCK, &limit));
  must_be(mlockall(MCL_CURRENT) < 0 && errno == ENOMEM);
  must_be(locked() == 0);
  must_be(read(must(open("a", O_RDONLY)), text, 5) == 5);
  must(write(must(open("n", O_WRONLY | O_CREAT, 0644)), "new", 3));
}
