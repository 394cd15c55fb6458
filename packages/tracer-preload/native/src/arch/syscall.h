/* Raw system calls: the library must not call libc for its own work, since the program may have replaced, locked or patched any of it. */
#ifndef ROAR_ARCH_SYSCALL_H
#define ROAR_ARCH_SYSCALL_H

#include <stdbool.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
static inline long sys6(long n, long a, long b, long c, long d, long e, long f) {
  long result;
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  __asm__ volatile("syscall" : "=a"(result) : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9) : "rcx", "r11", "memory");
  return result;
}
#elif defined(__aarch64__)
static inline long sys6(long n, long a, long b, long c, long d, long e, long f) {
  register long x8 __asm__("x8") = n;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  register long x4 __asm__("x4") = e;
  register long x5 __asm__("x5") = f;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
  return x0;
}
#else
#error "no system calls for this architecture"
#endif

/* Set where a supervisor lets calls from one page pass: made there, those that it would stop cost a jump instead. */
typedef long stub_call(long n, long a, long b, long c, long d, long e, long f);
extern __attribute__((visibility("hidden"))) stub_call *stub;

static inline __attribute__((always_inline)) long sys(long n, long a, long b, long c, long d, long e, long f) {
  bool stops = n == SYS_close || n == SYS_mmap || n == SYS_openat;
  return stops && __builtin_expect(stub != 0, 0) ? stub(n, a, b, c, d, e, f) : sys6(n, a, b, c, d, e, f);
}

/* Results are negative error numbers, as the kernel gives them. */
#define SYS(n, ...) SYS_PICK(__VA_ARGS__, SYS6, SYS5, SYS4, SYS3, SYS2, SYS1)(n, __VA_ARGS__)
#define SYS_PICK(a, b, c, d, e, f, pick, ...) pick
#define SYS1(n, a) sys(n, (long)(a), 0, 0, 0, 0, 0)
#define SYS2(n, a, b) sys(n, (long)(a), (long)(b), 0, 0, 0, 0)
#define SYS3(n, a, b, c) sys(n, (long)(a), (long)(b), (long)(c), 0, 0, 0)
#define SYS4(n, a, b, c, d) sys(n, (long)(a), (long)(b), (long)(c), (long)(d), 0, 0)
#define SYS5(n, a, b, c, d, e) sys(n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), 0)
#define SYS6(n, a, b, c, d, e, f) sys(n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

#endif
