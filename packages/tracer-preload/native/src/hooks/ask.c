/* Questions about open files: what a program is told of one need not be asked again. Old programs ask by the names with a version. */
#include <sys/stat.h>

#include "hook.h"

/* 64-bit machines have one layout of this structure, the kernel's own. */
static int overheard(int result, int fd, const void *found) {
  if (result == 0 && keeping()) descriptor_overhear(fd, found);
  return result;
}

#define ASK(name, other, type)                                                                    \
  EXPORT int name(int fd, struct type *found) {                                                   \
    int (*real)(int, struct type *) = FORWARD(name, other, int (*)(int, struct type *));          \
    return overheard(real ? real(fd, found) : (int)raw_result(SYS(SYS_fstat, fd, found)), fd, found); \
  }
ASK(fstat, fstat64, stat)
ASK(fstat64, fstat, stat64)

#define ASK_VERSION(name, other, type)                                                            \
  EXPORT int name(int version, int fd, struct type *found) {                                      \
    int (*real)(int, int, struct type *) = FORWARD(name, other, int (*)(int, int, struct type *)); \
    return overheard(real ? real(version, fd, found) : (int)raw_result(SYS(SYS_fstat, fd, found)), fd, found); \
  }
ASK_VERSION(__fxstat, __fxstat64, stat)
ASK_VERSION(__fxstat64, __fxstat, stat64)
