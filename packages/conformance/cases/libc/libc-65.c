// title: a log of logins and the templates of dates are files that libc opens by itself
#include "case.h"

#include <time.h>
#include <utmpx.h>

int main(void) {
#ifndef __GLIBC__
  skip("musl keeps no logs of logins");
#else
  static const char template[] = "%H:%M\n";
  struct utmpx record = {.ut_type = USER_PROCESS};
  int fd = must(open("n", O_WRONLY | O_CREAT, 0644));
  must_be(write(fd, template, sizeof template - 1) == sizeof template - 1);
  close(fd);
  must(truncate("b", 0));
  updwtmpx("b", &record);
  struct stat now;
  must(stat("b", &now));
  must_be(now.st_size == sizeof record);
  setenv("DATEMSK", "n", 1);
  must_be(getdate("12:30") && getdate("12:30")->tm_min == 30);
  expect("C n");
  expect("W n");
  expect("R n");
  expect("W b");
  job("out n");
  job("int n");
  job("[append b]");
  job("out b");
#endif
}
