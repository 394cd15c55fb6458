// title: system calls past libc are seen, or the process is marked
// owed: E=Y P=N T=Y
// gaps: direct-syscall
#include "case.h"

static long inline_call(long number, long a, long b, long c, long d) {
#if defined(__x86_64__)
  long result;
  register long r10 __asm__("r10") = d;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10) : "rcx", "r11", "memory");
  return result;
#elif defined(__aarch64__)
  register long x8 __asm__("x8") = number, x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c, x3 __asm__("x3") = d;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3) : "memory");
  return x0;
#else
  skip("no inline call is written for this architecture");
  return number + a + b + c + d;
#endif
}

int main(void) {
  long fd = inline_call(SYS_openat, AT_FDCWD, (long)"a", O_RDONLY, 0);
  must_be(fd >= 0);
  must_be(inline_call(SYS_read, fd, (long)text, 10, 0) == 5);
  expect("R a");
  job("in a");
}
