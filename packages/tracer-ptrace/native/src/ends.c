/* What was written is seen when a descriptor ends: the file is another than it was, and the process has written something. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "supervise.h"

/* A change while it had the file open is its own if it wrote anything since. */
static bool has_written(const struct process *process, const struct written *one) { return process->now.written_bytes > one->base; }

static void settle_written(struct process *process, struct written *one, const char *path, const struct stamp *now) {
  bool changed = !same_version(&one->before, now) && (one->before.size != now->size || now->size > 0);
  if (one->created || one->before.size == 0) changed = now->size > 0;
  if (!changed || (!has_written(process, one) && !one->mapped)) return;
  uint32_t access = ROAR_ACCESS_WRITTEN | ROAR_ACCESS_INFERRED | (one->append ? ROAR_ACCESS_APPENDED : 0) | (now->links == 0 ? ROAR_ACCESS_UNNAMED : 0);
  fact_file(ROAR_RECORD_SETTLED, process->pid, path, now, access);
  one->before = *now;
  one->created = false;
  one->base = process->now.written_bytes;
}

void settle_fd(struct process *process, int fd, bool closing) {
  struct stamp now;
  int copy = remote_fd(process, fd);
  if (copy < 0) return;
  int flags = fcntl(copy, F_GETFL);
  if (!(flags & O_PATH) && stamp_fd(copy, &now) && is_regular(&now)) {
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

void settle_all(struct process *process) {
  bool writing = false;
  for (int i = 0; i < process->written_count; i++) writing |= !process->written[i].closed;
  if (writing) each_fd(process, settle_each, NULL);
}

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
