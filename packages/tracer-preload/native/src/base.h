/* Words that all headers use, and what stands in for libc (words.c, scratch.c). */
#ifndef ROAR_BASE_H
#define ROAR_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "arch/syscall.h"
#include "roar_trace.h"

/* Everything is hidden but the hooks: a name of ours that a program could meet would be a name taken from it. */
#define EXPORT __attribute__((visibility("default")))
#define HIDDEN __attribute__((visibility("hidden")))
/* What every process touches stands together on the one page that the loader has written to anyway: any other page of ours is a fault of a microsecond. */
#define HOT __attribute__((section(".data")))
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

/* Paths as the kernel's links give them end at a page; a longer one is marked. */
#define PATH_BYTES 4096

/* The program's own, which a hook leaves as the real call left it: every call of ours goes past it (SYS). glibc and musl both export this name. */
extern int *__errno_location(void);
#define errno_now (*__errno_location())

/* ---- words.c: memory and strings without libc, whose own may be hooked, or not there yet ---- */
void copy_bytes(void *to, const void *from, size_t n); /* must not overlap */
void zero_bytes(void *at, size_t n);
size_t text_length(const char *text);
bool same_text(const char *a, const char *b);
bool starts_with(const char *text, const char *start);
/* Writes as much as there is room for before `end`, always with a NUL, and returns the place of that NUL: calls chain. */
char *append_text(char *at, const char *end, const char *text);
char *append_number(char *at, const char *end, unsigned long number);

/* ---- scratch.c: path buffers that are not on the stack, which may be a signal's small one ---- */
struct scratch {
  char text[PATH_BYTES + 8];
};
/* NULL: all are taken, by signal handlers over each other; the fact is then told without the path, or not at all. Every taken one is given back. */
struct scratch *scratch_take(void);
void scratch_give(struct scratch *one); /* NULL is allowed */
void scratch_reset(void); /* in a forked child: those who held the others are not here */

#endif
