/* What every file of hooks needs. A hook forwards to the definition behind it, which keeps cancellation points and other people's wrappers working. */
#ifndef ROAR_HOOK_H
#define ROAR_HOOK_H

#include <errno.h>
#include <limits.h>
#include <stdarg.h>

#include "../roar.h"

/* Where the library behind us lacks a function (musl: the 64 forms, the checked forms), the one it is named after serves. */
#define FORWARD(name, other, type) (REAL(name, type) ? REAL(name, type) : REAL(other, type))

/* Where it lacks the function altogether (musl, glibc before 2.34), the program comes through syscall(): the kernel serves. */
static inline long raw_result(long result) {
  if (result >= 0 || result < -4095) return result;
  errno_now = (int)-result;
  return -1;
}

/*
 * Where a supervisor lets our page pass, a call is made from there if libc's own function would do no more than make it, and nobody else's wrapper stands
 * between. A cancellation point does more as soon as anybody has been cancelled.
 */
static inline bool is_libc(const void *real) { return (uintptr_t)real - libc_start < libc_size; }
static inline bool may_pass(const void *real) { return unlikely(stub != NULL) && is_libc(real); }
extern HIDDEN volatile bool cancelling;
#define PASSED(number, a, b, c, d, e, f) raw_result(stub(number, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f)))
/* `number`: the call that glibc makes on this architecture; -1: another one. */
#define CALL(name, number, type, arguments, ...) \
  ((number) >= 0 && may_pass(real_at(REAL_##name)) ? (int)PASSED(number, __VA_ARGS__) : REAL(name, type) arguments)
#define PASSES_UNLESS_CANCELLED(name) (may_pass(real_at(REAL_##name)) && !cancelling)
#ifdef __x86_64__
#define OLD(number) SYS_##number
#else
#define OLD(number) -1
#endif

/* Observing, and with state of our own to keep. */
static inline bool keeping(void) { return live() && !borrowed(); }

struct opening {
  struct stamp before;
  int dirfd;
  const char *path;
  bool existed;
  bool asked;
};
void opening_begin(struct opening *opening, int dirfd, const char *path, int flags);
void opening_end(const struct opening *opening, int fd, int flags);
bool cannot_wait(const struct opening *opening, int flags); /* an open that stops for a supervisor, of what answers at once */
enum { SHARED_PATH = sizeof "/dev/shm/" + NAME_MAX };
bool shared_path(const char *name, char path[SHARED_PATH]); /* of shm_open's names */
void namespace_made(int flags);
bool hand_over(void); /* false: nobody is there to look at this process from outside */
void hold_named(int dirfd, const char *path, const struct stamp *stamp);

/*
 * ---- quiet.c: what a supervisor's stop would do to a program that gets signals ----
 * Around a function of libc's that cannot wait for anybody: nothing happens where nobody supervises, or where `cannot_wait` is false.
 */
struct quiet {
  uint64_t before;
  bool begun;
};
void quiet_begin(struct quiet *quiet, bool cannot_wait);
void quiet_end(const struct quiet *quiet);
#define QUIETLY(type, call)                \
  ({                                       \
    struct quiet quiet_;                   \
    quiet_begin(&quiet_, true);            \
    type result_ = (call);                 \
    quiet_end(&quiet_);                    \
    result_;                               \
  })
bool broken_off(long result, int before); /* true: it has not been made, and is to be made again. `before`: errno, which is put back */

/* ---- process.c, strict.c: before and behind a call by which the program goes into a sandbox of its own ---- */
bool sandbox_begin(void);
void sandbox_end(bool begun, long result); /* negative: it is in none */
long strict_by_filter(void);               /* 0, or a negative errno */

#endif
