/* Opening. Whether an open made or cut the file is known only from a look before it. */
#include <fcntl.h>

#include "hook.h"

void hold_named(int dirfd, const char *path, const struct stamp *stamp) {
  if (!filter_has(stamp->dev, stamp->ino)) return;
  long fd = SYS(SYS_openat, dirfd, path, O_PATH | O_CLOEXEC, 0);
  if (fd < 0) return;
  hold_bytes(stamp, (int)fd, NULL, 0);
  SYS(SYS_close, fd);
}

/* Whether the last open that may have made a file did. Programs that make files make many. */
HOT static bool makes;

static bool is_nameless(int flags) { return (flags & O_TMPFILE) == O_TMPFILE; }
static bool insists(int flags) { return (flags & (O_CREAT | O_EXCL | O_PATH)) == (O_CREAT | O_EXCL); }

void opening_begin(struct opening *opening, int dirfd, const char *path, int flags) {
  opening->dirfd = dirfd;
  opening->path = path;
  opening->asked = false;
  /* Whoever insists on a new file gets it or nothing: there is nothing to look at. */
  opening->existed = !is_nameless(flags) && !insists(flags);
  if (!opening->existed || !(flags & (O_CREAT | O_TRUNC)) || !live()) return;
  opening->asked = opening->existed = stamp_path(dirfd, path, 0, &opening->before);
  if (flags & O_CREAT) makes = !opening->existed;
  if (opening->existed && (flags & O_TRUNC)) hold_named(dirfd, path, &opening->before);
}

/*
 * A look before each of a hundred thousand new files takes as long as all else that is done for them. One that is opened so that it must be new (O_EXCL) is
 * known to be, more certainly than by a look; the descriptor is the same (the kernel forgets the flag, do_dentry_open). Where it is not new nothing has
 * happened, and everything goes the usual way. Not where someone else's wrapper stands behind us, who would see a call that nobody made.
 */
static bool expects_new(int flags, enum real_index index) {
  const int other = O_EXCL | O_PATH | O_TMPFILE; /* the last has the bit of O_DIRECTORY in it */
  return makes && (flags & O_CREAT) && !(flags & other) && is_libc(real_at(index)) && live();
}

void opening_end(const struct opening *opening, int fd, int flags) {
  struct opened opened = {opening->dirfd, opening->path, flags, opening->asked ? &opening->before : NULL, opening->existed};
  if (fd >= 0) touch_opened(fd, &opened);
}

static int mode_of(int flags, va_list rest) {
  return (flags & O_CREAT) || is_nameless(flags) ? va_arg(rest, int) : 0;
}

typedef int open_type(const char *, int, ...);
typedef int openat_type(int, const char *, int, ...);

/* The commonest of all places that a shell sends output to; a device, which could wait, but not this one. */
static bool is_null(const struct opening *opening) {
  return (opening->before.mode & S_IFMT) == S_IFCHR && same_text(opening->path, "/dev/null");
}

/*
 * A regular file cannot wait, as a pipe's end waits for the other one, nor can what is made or has no name: no cancellation can be missed there. Opens for reading pass
 * in any case, and the rest stops.
 */
bool cannot_wait(const struct opening *opening, int flags) {
  struct stamp stamp;
  if (!(flags & (O_ACCMODE | O_CREAT | O_TRUNC)) || !live()) return false;
  if (is_nameless(flags) || insists(flags)) return true;
  if (opening->asked) return is_regular(&opening->before) || is_null(opening);
  if (flags & O_CREAT) return !opening->existed;
  return opening->path && stamp_path(opening->dirfd, opening->path, 0, &stamp) && is_regular(&stamp);
}

static bool passes(const struct opening *opening, enum real_index index, int flags) {
  return may_pass(real_at(index)) && !cancelling && cannot_wait(opening, flags);
}

static int open_passed(int dirfd, const char *path, int flags, int mode) { return (int)PASSED(SYS_openat, dirfd, path, flags, mode, 0, 0); }

/* An interrupted call is the program's to know of. */
static bool is_answered(int fd) { return fd >= 0 || errno_now == EINTR; }

/* `as_new` and `as_asked` call libc's function. */
#define OPEN_AT(name, directory, as_new, as_asked)                                                               \
  struct opening opening = {.dirfd = directory, .path = path};                                                   \
  if (expects_new(flags, REAL_##name)) {                                                                         \
    const int kept = errno_now;                                                                                  \
    int made = stub && !cancelling ? open_passed(directory, path, flags | O_EXCL, mode) : as_new;                \
    opening_end(&opening, made, flags | O_EXCL);                                                                 \
    if (is_answered(made)) return made;                                                                          \
    errno_now = kept;                                                                                            \
  }                                                                                                              \
  opening_begin(&opening, directory, path, flags);                                                               \
  int fd = passes(&opening, REAL_##name, flags) ? open_passed(directory, path, flags, mode) : as_asked;          \
  opening_end(&opening, fd, flags);                                                                              \
  return fd;

#define OPEN(name, other)                                                                                        \
  EXPORT int name(const char *path, int flags, ...) {                                                            \
    va_list rest;                                                                                                \
    va_start(rest, flags);                                                                                       \
    int mode = mode_of(flags, rest);                                                                             \
    va_end(rest);                                                                                                \
    OPEN_AT(name, AT_FDCWD, FORWARD(name, other, open_type *)(path, flags | O_EXCL, mode),                       \
            FORWARD(name, other, open_type *)(path, flags, mode))                                                \
  }
OPEN(open, open64)
OPEN(open64, open)
/* glibc's second names, which programs can be linked with as well: here and in the other files of hooks. */
OPEN(__open, open)
OPEN(__open64, open64)

#define OPENAT(name, other)                                                                                      \
  EXPORT int name(int dirfd, const char *path, int flags, ...) {                                                 \
    va_list rest;                                                                                                \
    va_start(rest, flags);                                                                                       \
    int mode = mode_of(flags, rest);                                                                             \
    va_end(rest);                                                                                                \
    OPEN_AT(name, dirfd, FORWARD(name, other, openat_type *)(dirfd, path, flags | O_EXCL, mode),                 \
            FORWARD(name, other, openat_type *)(dirfd, path, flags, mode))                                       \
  }
OPENAT(openat, openat64)
OPENAT(openat64, openat)

/* The fortified forms take no mode. */
#define OPEN_2(name, plain)                            \
  EXPORT int name(const char *path, int flags) {       \
    struct opening opening;                            \
    opening_begin(&opening, AT_FDCWD, path, flags);    \
    int fd = passes(&opening, REAL_##name, flags) ? open_passed(AT_FDCWD, path, flags, 0) : FORWARD(name, plain, open_type *)(path, flags); \
    opening_end(&opening, fd, flags);                  \
    return fd;                                         \
  }
OPEN_2(__open_2, open)
OPEN_2(__open64_2, open)

#define OPENAT_2(name, plain)                                   \
  EXPORT int name(int dirfd, const char *path, int flags) {     \
    struct opening opening;                                     \
    opening_begin(&opening, dirfd, path, flags);                \
    int fd = passes(&opening, REAL_##name, flags) ? open_passed(dirfd, path, flags, 0) : FORWARD(name, plain, openat_type *)(dirfd, path, flags); \
    opening_end(&opening, fd, flags);                           \
    return fd;                                                  \
  }
OPENAT_2(__openat_2, openat)
OPENAT_2(__openat64_2, openat)

#define CREAT(name, other)                                        \
  EXPORT int name(const char *path, mode_t mode) {                \
    const int flags = O_CREAT | O_WRONLY | O_TRUNC;               \
    struct opening opening;                                       \
    opening_begin(&opening, AT_FDCWD, path, flags);               \
    int fd = passes(&opening, REAL_##name, flags) ? open_passed(AT_FDCWD, path, flags, (int)mode) : FORWARD(name, other, int (*)(const char *, mode_t))(path, mode); \
    opening_end(&opening, fd, flags);                             \
    return fd;                                                    \
  }
CREAT(creat, creat64)
CREAT(creat64, creat)

EXPORT int open_by_handle_at(int mount, struct file_handle *handle, int flags) {
  int fd = REAL(open_by_handle_at, int (*)(int, struct file_handle *, int))(mount, handle, flags);
  struct opened opened = {mount, NULL, flags & ~O_CREAT, NULL, true};
  if (fd >= 0) touch_opened(fd, &opened);
  return fd;
}

/*
 * Memory that processes share is a file of the system's directory for it, which libc opens and removes behind our hooks. Its names have slashes at the start alone
 * (shm_overview(7)); what libc refuses is false.
 */
bool shared_path(const char *name, char path[SHARED_PATH]) {
  static const char directory[] = "/dev/shm/";
  while (name && *name == '/') name++;
  size_t length = name ? text_length(name) : 0;
  if (!length || length > NAME_MAX) return false;
  for (const char *at = name; *at; at++)
    if (*at == '/') return false;
  copy_bytes(path, directory, sizeof directory - 1);
  copy_bytes(path + sizeof directory - 1, name, length + 1);
  return true;
}

/* Before glibc 2.34 a library of its own has it, which may have been loaded since. */
EXPORT int shm_open(const char *name, int flags, mode_t mode) {
  int (*real)(const char *, int, mode_t) = REAL(shm_open, int (*)(const char *, int, mode_t));
  if (unlikely(!real)) real = (int (*)(const char *, int, mode_t))resolve_late(REAL_shm_open);
  char path[SHARED_PATH];
  if (!shared_path(name, path)) return real(name, flags, mode);
  struct opening opening;
  opening_begin(&opening, AT_FDCWD, path, flags);
  int fd = QUIETLY(int, real(name, flags, mode));
  opening_end(&opening, fd, flags);
  return fd;
}

/* The temporary name is made up inside libc; the file is new by definition. */
#define MKSTEMP(name, other, parameters, arguments)                       \
  EXPORT int name parameters {                                            \
    int fd = QUIETLY(int, FORWARD(name, other, int(*) parameters) arguments); \
    struct opened opened = {AT_FDCWD, pattern, O_RDWR | O_CREAT | O_EXCL, NULL, false}; \
    if (fd >= 0) touch_opened(fd, &opened);                               \
    return fd;                                                            \
  }
MKSTEMP(mkstemp, mkstemp64, (char *pattern), (pattern))
MKSTEMP(mkstemp64, mkstemp, (char *pattern), (pattern))
MKSTEMP(mkostemp, mkostemp64, (char *pattern, int flags), (pattern, flags))
MKSTEMP(mkostemp64, mkostemp, (char *pattern, int flags), (pattern, flags))
MKSTEMP(mkstemps, mkstemps64, (char *pattern, int suffix), (pattern, suffix))
MKSTEMP(mkstemps64, mkstemps, (char *pattern, int suffix), (pattern, suffix))
MKSTEMP(mkostemps, mkostemps64, (char *pattern, int suffix, int flags), (pattern, suffix, flags))
MKSTEMP(mkostemps64, mkostemps, (char *pattern, int suffix, int flags), (pattern, suffix, flags))

/* A regular file may be made as a node. Programs built before glibc 2.33 call the names with the version in front. */
static int made_node(int result, int dirfd, const char *path, mode_t mode) {
  bool regular = (mode & S_IFMT) == S_IFREG || (mode & S_IFMT) == 0;
  struct stamp stamp;
  if (result != 0 || !regular || !live() || !stamp_path(dirfd, path, AT_SYMLINK_NOFOLLOW, &stamp)) return result;
  struct scratch *scratch = scratch_take();
  uint32_t flags = 0;
  size_t length = scratch ? path_of_name(dirfd, path, scratch->text, &flags) : 0;
  if (length) fact_file_at(ROAR_RECORD_FILE, scratch->text, length, &stamp, ROAR_ACCESS_CREATED, flags);
  scratch_give(scratch);
  return result;
}

EXPORT int mknod(const char *path, mode_t mode, dev_t device) {
  int (*real)(const char *, mode_t, dev_t) = REAL(mknod, int (*)(const char *, mode_t, dev_t));
  return made_node(real ? QUIETLY(int, real(path, mode, device)) : (int)raw_result(SYS(SYS_mknodat, AT_FDCWD, path, mode, device)), AT_FDCWD, path, mode);
}

EXPORT int mknodat(int dirfd, const char *path, mode_t mode, dev_t device) {
  int (*real)(int, const char *, mode_t, dev_t) = REAL(mknodat, int (*)(int, const char *, mode_t, dev_t));
  return made_node(real ? QUIETLY(int, real(dirfd, path, mode, device)) : (int)raw_result(SYS(SYS_mknodat, dirfd, path, mode, device)), dirfd, path, mode);
}

EXPORT int __xmknod(int version, const char *path, mode_t mode, dev_t *device) {
  return made_node(REAL(__xmknod, int (*)(int, const char *, mode_t, dev_t *))(version, path, mode, device), AT_FDCWD, path, mode);
}

EXPORT int __xmknodat(int version, int dirfd, const char *path, mode_t mode, dev_t *device) {
  return made_node(REAL(__xmknodat, int (*)(int, int, const char *, mode_t, dev_t *))(version, dirfd, path, mode, device), dirfd, path, mode);
}
