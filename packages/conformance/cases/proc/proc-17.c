// title: a core dump is written by the kernel, or the process is marked
// owed: E=Y P=N T=N
// gaps: core-dump
#include "case.h"
#include <signal.h>
#include <sys/resource.h>

int main(void) {
  char pattern[8] = "";
  int status, fd = open("/proc/sys/kernel/core_pattern", O_RDONLY);
  if (fd < 0 || read(fd, pattern, sizeof pattern - 1) < 1 || strcmp(pattern, "core\n") != 0) skip("core dumps do not go to \"core\" in the working directory here");
  struct rlimit limit;
  must(getrlimit(RLIMIT_CORE, &limit));
  if (limit.rlim_max == 0) skip("core dumps are not permitted here");
  limit.rlim_cur = limit.rlim_max;
  must(setrlimit(RLIMIT_CORE, &limit));
  pid_t child = must(fork());
  if (child == 0) abort();
  must(waitpid(child, &status, 0));
  if (!WCOREDUMP(status)) skip("no core dump was written");
  struct stat core;
  const char *name = stat("core", &core) == 0 ? "core" : NULL;
  if (!name) skip("core dumps have another name here (core_uses_pid)");
  expect_of(child, "C core");
  expect_of(child, "W core");
  job("out core");
}
