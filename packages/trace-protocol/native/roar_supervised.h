/* What the preload library and a supervisor around it say to each other, and where the library makes the calls that the supervisor's filter lets pass. */
#ifndef ROAR_SUPERVISED_H
#define ROAR_SUPERVISED_H
#include <stdint.h>

/*
 * One page with one system call instruction, at the same place in every process: a filter can compare the instruction pointer with a constant. The places lie
 * where no loader, heap or stack of the architecture gets to, and within the smallest address space that its kernels have (39 bits on arm64).
 */
#ifdef __x86_64__
#define ROAR_STUB_PAGE 0x6fff00000000ull
#else
#define ROAR_STUB_PAGE 0x1000000000ull
#endif
/* Where the kernel says that a call from there comes from: behind the instruction (entry.S). */
#define ROAR_STUB_RETURN (ROAR_STUB_PAGE + 32)

/*
 * close(-1, ROAR_HELLO, &hello): EBADF where nobody listens, which is also what the kernel makes of it. What the library sees by its hooks is then not told a
 * second time: calls out of these parts of memory, libc's and the loader's.
 */
#define ROAR_HELLO 0x726f6172266c6962ull
enum { ROAR_MOST_TOLD = 8 };
struct roar_hello {
  uint32_t count; /* 0: the library sees nothing any more */
  uint32_t mixed; /* an object of the program makes system calls of its own */
  struct { uint64_t start, end; } told[ROAR_MOST_TOLD];
};
/*
 * Behind the arguments of a close, a dup2, a dup3 or a close_range of the library's: a descriptor ends that no hook has seen begin. The kernel does not look there.
 */
#define ROAR_UNSEEN 0x726f6172756e7365ull
/* The answer, as bits. */
#define ROAR_SUPERVISED 1
#define ROAR_ANNOUNCED 2 /* that this program was started has been told */
#endif
