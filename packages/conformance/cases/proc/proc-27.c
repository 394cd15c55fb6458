// title: a program that may have little memory fails as it does alone
#include "case.h"
#include <sys/resource.h>

int main(int argc, char **argv) {
  const rlim_t little = 24u << 20;
  if (argc == 1) {
    must(setrlimit(RLIMIT_AS, &(struct rlimit){little, little}));
    must(execl("/proc/self/exe", argv[0], "again", NULL));
  }
  must_be(mmap(NULL, little, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED && errno == ENOMEM);
  must_be(mmap(NULL, little / 3, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
  must_be(read(must(open("a", O_RDONLY)), text, 10) == 5);
  must_be(write(must(open("n", O_WRONLY | O_CREAT, 0644)), "new", 3) == 3);
  expect("R a");
  expect("C n");
  expect("W n");
  job("in a");
  job("out n");
}
