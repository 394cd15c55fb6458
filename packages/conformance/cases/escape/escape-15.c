// title: a 64-bit program calls the kernel as 32-bit ones do
// owed: E=H P=N T=Y
// gaps: direct-syscall
#include "case.h"

int main(void) {
#ifdef __x86_64__
  char *low = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
  must_be(low != MAP_FAILED);
  strcpy(low, "a");
  long fd, got;
  const int open_number = 5, read_number = 3;
  __asm__ volatile("int $0x80" : "=a"(fd) : "a"(open_number), "b"(low), "c"(O_RDONLY), "d"(0) : "memory");
  if (fd == -ENOSYS) skip("the kernel takes no 32-bit calls");
  __asm__ volatile("int $0x80" : "=a"(got) : "a"(read_number), "b"(fd), "c"(low + 64), "d"(10) : "memory");
  must_be(got == 5);
  expect("R a");
  job("in a");
#else
  skip("only x86-64 has the calls of its 32-bit forerunner");
#endif
}
