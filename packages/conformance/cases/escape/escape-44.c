// title: a program with more code than is searched at once calls the kernel itself, as Bun does
// owed: E=Y P=N T=Y
// gaps: direct-syscall
#include "case.h"

#if defined(__x86_64__)
#define OWN_CALL(number, a, b, c, result) \
  __asm__ volatile("mov %1, %%eax\n\tsyscall" : "=a"(result) : "i"(number), "D"((long)(a)), "S"((long)(b)), "d"((long)(c)) : "rcx", "r11", "memory")
#elif defined(__aarch64__)
#define OWN_CALL(number, a, b, c, result)                                                                              \
  do {                                                                                                                 \
    register long x0 __asm__("x0") = (long)(a), x1 __asm__("x1") = (long)(b), x2 __asm__("x2") = (long)(c);            \
    __asm__ volatile("mov x8, %1\n\tsvc #0" : "+r"(x0) : "i"(number), "r"(x1), "r"(x2) : "x8", "memory");              \
    result = x0;                                                                                                       \
  } while (0)
#endif

int main(void) {
  expect("R a");
  job("in a");
  char byte;
  long fd, done;
  OWN_CALL(SYS_openat, AT_FDCWD, "a", O_RDONLY, fd);
  must((int)fd);
  OWN_CALL(SYS_read, fd, &byte, 1, done);
  must((int)done);
  OWN_CALL(SYS_close, fd, 0, 0, done);
  must((int)done);
}

/* Behind the code above. */
__asm__(".pushsection .text.behind, \"ax\"\n\t.skip 72 << 20\n\t.popsection");
