// title: a program executed by its descriptor is named by its file
#include "case.h"
#include <sys/sendfile.h>

extern char **environ;

static int copy_of_self(const char *name) {
  struct stat size;
  int own = must(open("/proc/self/exe", O_RDONLY)), copy = must(open(name, O_WRONLY | O_CREAT, 0755));
  must(fstat(own, &size));
  must_be(sendfile(copy, own, NULL, (size_t)size.st_size) == size.st_size);
  must(close(copy));
  must(close(own));
  return must(open(name, O_PATH | O_CLOEXEC));
}

static void made_and_run(pid_t child, const char *name) {
  SAY("%d C %s\n%d W %s\n", (int)getpid(), name, (int)getpid(), name);
  SAY("%d X %s\n%d R %s\njob out %s\njob int %s\n", (int)child, name, (int)child, name, name, name);
}

int main(int argc, char **argv) {
  char *again[] = {argv[0], "again", NULL};
  if (argc > 1) return 0;
  int first = copy_of_self("p"), second = copy_of_self("q");
  pid_t child = must(fork());
  if (child == 0) must(fexecve(first, again, environ));
  reap(child);
  made_and_run(child, "p");
  child = must(fork());
  if (child == 0) must(syscall(SYS_execveat, second, "", again, environ, AT_EMPTY_PATH));
  reap(child);
  made_and_run(child, "q");
}
