/* Restrictions of openat2(2) on how a path is resolved, as far as they give it another meaning. */
#ifndef ROAR_RESOLVE_H_
#define ROAR_RESOLVE_H_
#include <stddef.h>

/* RESOLVE_IN_ROOT: the directory is the root, so that a path begins there, and `..` leads out of it to itself. */
#define ROAR_RESOLVE_IN_ROOT 0x10

/* How much of a path's beginning says nothing then: what is left is relative to the directory. */
static inline size_t roar_above_root(const char *path) {
  size_t at = 0;
  for (;;) {
    size_t dots = 0;
    while (path[at + dots] == '.' && dots < 3) dots++;
    if (dots > 2 || path[at + dots] != '/') return at;
    at += dots + 1;
  }
}

#endif
