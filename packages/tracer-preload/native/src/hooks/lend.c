/* Calls that start a program inside libc, with libc's own environment. */
#include <stdio.h>
#include <stdlib.h>
#include <wordexp.h>

#include "hook.h"

static bool lend(void) {
  if (!live()) return false;
  had_children = true;
  if (borrowed()) return false;
  environ_lend();
  return true;
}

EXPORT int system(const char *command) {
  bool lent = command && lend();
  int result = REAL(system, int (*)(const char *))(command);
  if (lent) environ_take_back();
  return result;
}

#define POPEN(name, other)                                                                          \
  EXPORT FILE *name(const char *command, const char *mode) {                                        \
    bool lent = lend();                                                                             \
    FILE *stream = FORWARD(name, other, FILE * (*)(const char *, const char *))(command, mode);     \
    if (lent) environ_take_back();                                                                  \
    return stream;                                                                                  \
  }
POPEN(popen, popen)
POPEN(_IO_popen, popen)

EXPORT int wordexp(const char *restrict words, wordexp_t *restrict into, int flags) {
  bool lent = lend();
  int result = REAL(wordexp, int (*)(const char *, wordexp_t *, int))(words, into, flags);
  if (lent) environ_take_back();
  return result;
}
