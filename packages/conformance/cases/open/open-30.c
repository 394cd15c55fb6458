// title: a directory gives its name to a link between two new files, and each is told where it is
#include "case.h"

static void make(const char *name) {
  int fd = must(open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644));
  must_be(write(fd, "new", 3) == 3);
  close(fd);
}

int main(void) {
  must(mkdir("e", 0755));
  must(mkdir("f", 0755));
  make("n1");
  make("f/n1");
  make("e/n1");
  make("e/n2");
  must(unlink("e/n1"));
  must(unlink("e/n2"));
  must(rmdir("e"));
  must(symlink("f", "e"));
  make("e/n2");
  make("e/n3");
  must(rename("f", "g"));
  must(mkdir("f", 0755));
  make("e/n4");
  must(chdir("g"));
  must(rename("../g", "../h"));
  make("n5");
  expect("C n1");
  expect("W n1");
  expect("C f/n1");
  expect("W f/n1");
  expect("C e/n1");
  expect("W e/n1");
  expect("C e/n2");
  expect("W e/n2");
  expect("D e/n1");
  expect("D e/n2");
  expect("D e");
  expect("S e");
  expect("C f/n2");
  expect("W f/n2");
  expect("C f/n3");
  expect("W f/n3");
  expect("M f>g");
  expect("C f/n4");
  expect("W f/n4");
  expect("M g>h");
  expect("C h/n5");
  expect("W h/n5");
  for (const char *const *name = (const char *const[]){"e/n1", "e/n2", "f/n1", "f/n2", "f/n3", "g/n1", "g/n2", "g/n3", NULL}; *name; name++) {
    char line[16];
    snprintf(line, sizeof line, "tmp %s", *name);
    job(line);
  }
  job("[tmp g]");
  job("out n1");
  job("out h/n1");
  job("out h/n2");
  job("out h/n3");
  job("out f/n4");
  job("out h/n5");
}
