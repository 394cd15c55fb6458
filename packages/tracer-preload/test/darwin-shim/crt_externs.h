/* What libSystem has beyond Linux's libc, as far as the library needs it for its environment. */
#ifndef ROAR_SHIM_EXTERNS_H
#define ROAR_SHIM_EXTERNS_H
#include <stddef.h>
#include <string.h>
extern char **environ;
static inline char ***_NSGetEnviron(void) { return &environ; }
#if !defined(__GLIBC__) || !__GLIBC_PREREQ(2, 38)
static inline size_t strlcpy(char *to, const char *from, size_t size) {
  size_t length = strlen(from), fits = size && length >= size ? size - 1 : length;
  if (size) memcpy(to, from, fits), to[fits] = 0;
  return length;
}
static inline size_t strlcat(char *to, const char *from, size_t size) {
  size_t used = strnlen(to, size);
  return used + strlcpy(to + used, from, size - used);
}
#endif
#endif
