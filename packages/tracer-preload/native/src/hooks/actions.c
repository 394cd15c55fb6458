/* Files that posix_spawn opens for its child, between the child's birth and its program: libc does it by calls that nobody can hook. */
#include <fcntl.h>
#include <spawn.h>
#include <sys/types.h>

#include "hook.h"

/* Opens that were asked for and may still be done. A ring: the oldest is forgotten, and then its making of a file is not told. */
#define WAITING 16
struct waiting {
  const posix_spawn_file_actions_t *actions; /* NULL: free */
  int flags;
  bool existed;
  char path[512];
};
static struct waiting waiting[WAITING];
static unsigned next_waiting;

static bool makes_or_cuts(int flags) { return (flags & (O_CREAT | O_TRUNC)) != 0; }

EXPORT int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *restrict actions, int fd, const char *restrict path, int flags, mode_t mode) {
  int result = REAL(posix_spawn_file_actions_addopen, int (*)(posix_spawn_file_actions_t *, int, const char *, int, mode_t))(actions, fd, path, flags, mode);
  if (result != 0 || !makes_or_cuts(flags) || text_length(path) >= sizeof waiting->path || !keeping()) return result;
  struct waiting *one = &waiting[__atomic_fetch_add(&next_waiting, 1, __ATOMIC_RELAXED) % WAITING];
  one->flags = flags;
  append_text(one->path, one->path + sizeof one->path, path);
  one->actions = actions;
  return result;
}

EXPORT int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *actions) {
  for (int i = 0; i < WAITING; i++)
    if (waiting[i].actions == actions) waiting[i].actions = NULL;
  return REAL(posix_spawn_file_actions_destroy, int (*)(posix_spawn_file_actions_t *))(actions);
}

void actions_before(const posix_spawn_file_actions_t *actions) {
  struct stamp stamp;
  for (int i = 0; actions && i < WAITING; i++) {
    struct waiting *one = &waiting[i];
    if (one->actions != actions) continue;
    one->existed = stamp_path(AT_FDCWD, one->path, 0, &stamp);
    if (one->existed && (one->flags & O_TRUNC)) hold_named(AT_FDCWD, one->path, &stamp);
  }
}

static void tell(const struct waiting *one, pid_t child) {
  struct stamp stamp;
  struct scratch *scratch = scratch_take();
  long fd = SYS(SYS_openat, AT_FDCWD, one->path, O_PATH | O_CLOEXEC, 0);
  uint32_t flags = 0;
  size_t length = scratch && fd >= 0 && stamp_fd((int)fd, &stamp) && is_regular(&stamp) ? path_of_fd((int)fd, scratch->text, &flags) : 0;
  struct roar_file *record = length ? record_begin(ROAR_RECORD_FILE, sizeof *record + length) : NULL;
  if (record) {
    record->record.pid = (uint32_t)child;
    record->record.flags = flags | ROAR_FLAG_FOR_CHILD;
    record->access = one->existed ? ROAR_ACCESS_TRUNCATED | ROAR_ACCESS_EXISTED : ROAR_ACCESS_CREATED;
    record->mode = stamp.mode;
    record->dev = stamp.dev;
    record->ino = stamp.ino;
    record->size = 0;
    record->mtime_ns = stamp.mtime_ns;
    record->ctime_ns = stamp.ctime_ns;
    record->path_length = (uint32_t)length;
    copy_bytes(record + 1, scratch->text, length);
    record_end(record);
  }
  if (fd >= 0) SYS(SYS_close, fd);
  scratch_give(scratch);
}

/* Where nothing could be started the child has ended, and what it made is there: it is ours. Whether it came as far as to cut a file is not known. */
void actions_after(const posix_spawn_file_actions_t *actions, pid_t child) {
  for (int i = 0; i < WAITING; i++) {
    const struct waiting *one = &waiting[i];
    if (one->actions == actions && (!one->existed || (child && (one->flags & O_TRUNC)))) tell(one, child ? child : (pid_t)own_pid());
  }
}
