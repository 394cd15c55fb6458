/*
 * mlockall: a program that keeps its memory from being paged out means its own. The log is a mapping of 64 MiB with next to nothing in it: locked, each of its pages is made, and
 * counted against the program's limit (RLIMIT_MEMLOCK, 8 MiB by default), so that the call fails. The kernel has no mapping that it leaves out: what is mapped now is locked
 * mapping by mapping, and what will be by the kernel's own flag.
 */
#include <fcntl.h>
#include <sys/mman.h>

#include "hook.h"

#ifndef MCL_ONFAULT
#define MCL_ONFAULT 4
#endif
#ifndef MLOCK_ONFAULT
#define MLOCK_ONFAULT 1
#endif
#define NO_MEMORY (-12) /* ENOMEM: above the limit, or gone again */

/* A line of /proc/self/maps begins with them: `start-end `. */
struct range { uintptr_t start, end; };

static const char *read_number(const char *at, uintptr_t *number) {
  for (*number = 0;; at++) {
    if (*at >= '0' && *at <= '9') *number = *number * 16 + (uintptr_t)(*at - '0');
    else if (*at >= 'a' && *at <= 'f') *number = *number * 16 + (uintptr_t)(*at - 'a' + 10);
    else return at;
  }
}

/* Not the one line of x86-64 that is in the kernel's half (vsyscall), which no call takes. */
static bool is_line(const char *line, struct range *range) {
  const char *at = read_number(line, &range->start);
  if (*at != '-') return false;
  read_number(at + 1, &range->end);
  return range->end > range->start && (intptr_t)range->start >= 0;
}

typedef long lock_range(const struct range *range, int flags);

/* Pages that cannot be made, as those that nobody may touch, are ENOMEM as well: the limit is asked about without making any. */
static long lock(const struct range *range, int flags) {
  const size_t size = range->end - range->start;
  long result = SYS(SYS_mlock2, range->start, size, MLOCK_ONFAULT);
  if (result == 0 && !(flags & MCL_ONFAULT)) SYS(SYS_mlock2, range->start, size, 0);
  return result;
}

static long unlock(const struct range *range, int flags) {
  (void)flags;
  return SYS(SYS_munlock, range->start, range->end - range->start);
}

/* Whole lines of what was read; what is left of the last one stands at the beginning again. */
static size_t each_line(char *text, size_t used, lock_range *act, int flags, bool *refused) {
  char *line = text;
  struct range range;
  for (char *at = text; at < text + used; at++) {
    if (*at != '\n') continue;
    if (is_line(line, &range) && !log_holds(range.start) && act(&range, flags) == NO_MEMORY) *refused = true;
    line = at + 1;
  }
  size_t rest = (size_t)(text + used - line);
  for (size_t i = 0; i < rest; i++) text[i] = line[i];
  return rest;
}

/* True: none was refused. As with the kernel's own call, what cannot be locked for other reasons is left as it is. */
static bool each_mapping(lock_range *act, int flags) {
  bool refused = false;
  struct scratch *scratch = scratch_take();
  long fd = scratch ? SYS(SYS_openat, AT_FDCWD, "/proc/self/maps", O_RDONLY | O_CLOEXEC, 0) : -1;
  size_t used = 0;
  if (fd < 0) refused = true;
  for (long got; !refused && (got = own_read((int)fd, scratch->text + used, PATH_BYTES - used)) > 0;)
    used = each_line(scratch->text, used + (size_t)got, act, flags, &refused);
  if (fd >= 0) SYS(SYS_close, fd);
  scratch_give(scratch);
  return !refused;
}

/* What the program may not do it is told by the kernel itself, which then has locked nothing. */
EXPORT int mlockall(int flags) {
  int (*real)(int) = REAL(mlockall, int (*)(int));
  const int known = MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT;
  if (!(flags & MCL_CURRENT) || (flags & ~known) || !live() || borrowed()) return real(flags);
  int before = errno_now;
  if (!each_mapping(lock, flags)) {
    each_mapping(unlock, flags);
    errno_now = before;
    return real(flags);
  }
  return flags & MCL_FUTURE ? real(flags & ~MCL_CURRENT) : 0;
}
