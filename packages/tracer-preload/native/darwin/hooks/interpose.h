/* How a function takes the place of another: an entry of the table that dyld reads. Inside this library the other's name still means the other. */
#ifndef ROAR_INTERPOSE_H
#define ROAR_INTERPOSE_H

#include <stdarg.h>

#include "../darwin.h"

#define INTERPOSE(ours, theirs)                                                                                    \
  __attribute__((used, section("__DATA,__interpose,interposing"))) static const struct { const void *a, *b; } entry_of_##ours = { \
    (const void *)(uintptr_t)&ours, (const void *)(uintptr_t)&theirs}

#endif
