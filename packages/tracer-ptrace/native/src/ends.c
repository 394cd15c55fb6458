/* The end of a descriptor's life tells what was done with it: its position, its file's state, and what the process read and wrote at all. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "supervise.h"

static const struct position *position_of(const struct process *process, int fd, const struct stamp *now) {
  for (int i = 0; i < process->position_count; i++) {
    const struct position *one = &process->positions[i];
    if (one->dev == now->dev && one->ino == now->ino && one->fd == fd) return one;
  }
  return NULL;
}

static void tell(struct process *process, int copy, const struct stamp *stamp, uint32_t access) {
  char path[PATH_BYTES];
  if (told_once(process, stamp, access) || !path_of_fd(copy, path, sizeof path)) return;
  fact_file(ROAR_RECORD_FILE, process->pid, path, stamp, access | (stamp->links == 0 ? ROAR_ACCESS_UNNAMED : 0));
}

/*
 * Read, as far as it can be known without a stop at each read: the position moved and the process has read something; or it did not move, and something
 * was read since the last call (pread), or asked for (a read at the end of an empty file).
 */
static void settle_read(struct process *process, int fd, int copy, int flags, const struct stamp *now) {
  if ((flags & O_ACCMODE) == O_WRONLY) return;
  const struct position *known = position_of(process, fd, now);
  int64_t offset = lseek(copy, 0, SEEK_CUR);
  bool moved = offset != (known ? known->offset : 0);
  bool ever = process->now.read_bytes > process->base.read_bytes;
  bool lately = process->now.read_bytes > process->last.read_bytes;
  bool asked = process->now.reads > process->last.reads;
  const struct written *writing = written_find(process, now);
  bool reads = moved ? ever : !known && (now->size ? lately : asked);
  /* Writing moves the position too. */
  if (writing && (flags & O_ACCMODE) == O_RDWR) reads = lately || (moved && ever && !writing->created && same_version(&writing->before, now));
  if (reads) tell(process, copy, now, ROAR_ACCESS_READ | ROAR_ACCESS_INFERRED);
}

static bool has_written(const struct process *process) { return process->now.written_bytes > process->base.written_bytes; }

static void settle_written(struct process *process, struct written *one, const char *path, const struct stamp *now) {
  bool changed = !same_version(&one->before, now) && (one->before.size != now->size || now->size > 0);
  if (one->created || one->before.size == 0) changed = now->size > 0;
  if (!changed || (!has_written(process) && !one->mapped)) return;
  uint32_t access = ROAR_ACCESS_WRITTEN | ROAR_ACCESS_INFERRED | (one->append ? ROAR_ACCESS_APPENDED : 0) | (now->links == 0 ? ROAR_ACCESS_UNNAMED : 0);
  fact_file(ROAR_RECORD_SETTLED, process->pid, path, now, access);
  one->before = *now;
  one->created = false;
  one->told = true;
}

void settle_fd(struct process *process, int fd, bool closing) {
  struct stamp now;
  int copy = remote_fd(process, fd);
  if (copy < 0) return;
  int flags = fcntl(copy, F_GETFL);
  if (!(flags & O_PATH) && stamp_fd(copy, &now) && is_regular(&now)) {
    settle_read(process, fd, copy, flags, &now);
    struct written *one = (flags & O_ACCMODE) != O_RDONLY ? written_find(process, &now) : NULL;
    char path[PATH_BYTES];
    if (one && path_of_fd(copy, path, sizeof path)) settle_written(process, one, path, &now);
    if (one && closing && one->fd == fd) one->closed = true;
  }
  close(copy);
}

static void settle_each(struct process *process, int fd, void *unused) {
  (void)unused;
  settle_fd(process, fd, false);
}

void settle_all(struct process *process) { each_fd(process, settle_each, NULL); }

/* It was killed: its descriptors are gone, the files are not. */
void settle_dead(struct process *process) {
  struct stamp now;
  for (int i = 0; i < process->written_count; i++) {
    struct written *one = &process->written[i];
    if (one->path && stamp_path(AT_FDCWD, one->path, AT_SYMLINK_NOFOLLOW, &now) && same_file(&now, &one->before)) settle_written(process, one, one->path, &now);
  }
  for (struct thread *thread = process->threads; thread; thread = thread->sibling) {
    struct pending *pending = &thread->pending;
    if (!pending->active || !pending->path || pending->existed) continue;
    if (!stamp_path(AT_FDCWD, pending->path, AT_SYMLINK_NOFOLLOW, &now) || !is_regular(&now)) continue;
    fact_file(ROAR_RECORD_FILE, process->pid, pending->path, &now, ROAR_ACCESS_CREATED | ROAR_ACCESS_INFERRED | (now.size ? ROAR_ACCESS_WRITTEN : 0));
  }
}
