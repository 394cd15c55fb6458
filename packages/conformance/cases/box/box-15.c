// title: a script that is executed inside another root is the one of that root
// owed: E=Y P=N T=Y
// gaps: static-binary outside-namespace
// compiler: cc -static
// needs: root
// files: d/bin/ d/bin/gunzip=#!/p
#include "case.h"
#include <sys/sendfile.h>

/* Outside there is a /bin/gunzip as well, a script of the system's. */
int main(int argc, char **argv) {
  if (argc > 1) return 0;
  int own = must(open("/proc/self/exe", O_RDONLY)), copy = must(open("d/p", O_WRONLY | O_CREAT, 0755));
  struct stat size;
  must(fstat(own, &size));
  must_be(sendfile(copy, own, NULL, (size_t)size.st_size) == size.st_size);
  close(copy);
  must(chmod("d/bin/gunzip", 0755));
  expect("C d/p");
  expect("W d/p");
  pid_t child = must(fork());
  if (child == 0) {
    if (chroot("d") < 0 && errno == EPERM) _exit(77);
    must(execl("/bin/gunzip", "gunzip", NULL));
  }
  int status;
  must(waitpid(child, &status, 0));
  if (WEXITSTATUS(status) == 77) skip("chroot is not permitted here");
  must_be(status == 0);
  expect_of(child, "X d/p");
  expect_of(child, "R d/p");
  expect_of(child, "X d/bin/gunzip");
  expect_of(child, "R d/bin/gunzip");
  job("in d/bin/gunzip");
  job("out d/p");
  job("int d/p");
}
