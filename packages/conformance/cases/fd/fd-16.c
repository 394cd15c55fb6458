// title: a program that lives in memory alone is followed
#include "case.h"
#include <sys/sendfile.h>

extern char **environ;

int main(int argc, char **argv) {
  if (argc > 1) {
    must_be(read(must(open("a", O_RDONLY)), text, 10) == 5);
    expect("R a");
    job("in a");
    return 0;
  }
  int own = must(open("/proc/self/exe", O_RDONLY)), program = must(memfd_create("program", MFD_CLOEXEC));
  struct stat size;
  must(fstat(own, &size));
  must_be(sendfile(program, own, NULL, (size_t)size.st_size) == size.st_size);
  must(fexecve(program, (char *[]){argv[0], "again", NULL}, environ));
}
