// title: between new files, one that was there is cut, one that a link leads to is made, and nothing else is
// files: s->m t->a v=text
#include "case.h"

static void make(const char *name) {
  int fd = must(open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644));
  must_be(write(fd, "new", 3) == 3);
  close(fd);
}

int main(void) {
  struct stat stat;
  make("n1");
  make("b");
  make("n2");
  /* The link stays, and the file appears where it leads. */
  make("s");
  make("n3");
  make("t");
  make("n4");
  must_fail(open("d", O_WRONLY | O_CREAT, 0644));
  must_fail(open("d/", O_WRONLY | O_CREAT, 0644));
  must_fail(open("none/n", O_WRONLY | O_CREAT, 0644));
  must_be(errno == ENOENT);
  make("n5");
  must(open("v", O_PATH | O_CREAT, 0644));
  must(open("d/x", O_PATH | O_CREAT | O_EXCL, 0644));
  errno = 0;
  int fd = must(open("v", O_RDWR | O_CREAT, 0644));
  must_be(errno == 0);
  must_be(!(fcntl(fd, F_GETFL) & (O_EXCL | O_CREAT)));
  must_be(read(fd, text, 10) >= 0);
  make("n6");
  fd = must(open("n7", O_RDWR | O_CREAT, 0600));
  must_be(fcntl(fd, F_GETFL) == (O_RDWR | (fcntl(fd, F_GETFL) & ~(O_ACCMODE | O_CREAT | O_EXCL))));
  must(fstat(fd, &stat));
  must_be((stat.st_mode & 0777) == 0600);
  must_be(write(fd, "new", 3) == 3);
  must(lstat("s", &stat));
  must_be(S_ISLNK(stat.st_mode));
  for (const char *const *name = (const char *const[]){"n1", "n2", "n3", "n4", "n5", "n6", "n7", "m", NULL}; *name; name++) {
    char fact[16];
    snprintf(fact, sizeof fact, "C %s", *name);
    expect(fact);
    snprintf(fact, sizeof fact, "W %s", *name);
    expect(fact);
    snprintf(fact, sizeof fact, "out %s", *name);
    job(fact);
  }
  expect("W b");
  expect("W a");
  expect("R v");
  job("name s>m");
  job("name t>a");
  job("out b");
  job("out a");
  job("in v");
}
