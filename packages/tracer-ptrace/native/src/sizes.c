/* Lengths set by name or descriptor, and bytes that somebody still wants before they are gone. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "supervise.h"

static int sized_file(const struct call *call) {
  char name[4096], place[4096 + 64];
  if (call->id == CALL_TRUNCATE) {
    if (!remote_text(call->thread->tid, call->args[0], name, sizeof name) || !remote_place(call, AT_FDCWD, name, place, sizeof place)) return -1;
    return open(place, O_PATH | O_CLOEXEC);
  }
  int fd = remote_fd(call->process, (int)call->args[0]);
  if (fd < 0 || (fcntl(fd, F_GETFL) & O_ACCMODE) != O_RDONLY) return fd;
  close(fd);
  return -1;
}

/* The length alone may stay what it was: asking for it counts as writing, as it does for a tracer that sees the result. */
void resizing(struct call *call) {
  struct stamp stamp;
  char path[PATH_BYTES];
  int fd = sized_file(call);
  if (fd < 0) return;
  bool known = stamp_fd(fd, &stamp) && is_regular(&stamp) && path_of_file(call->process, fd, &stamp, path);
  close(fd);
  if (!known) return;
  if (call->id != CALL_FALLOCATE) hold_bytes(call, &stamp, path);
  fact_file(ROAR_RECORD_FILE, call->process->pid, path, &stamp, ROAR_ACCESS_WRITTEN | (stamp.links == 0 ? ROAR_ACCESS_UNNAMED : 0));
}

/* What this job has made is no input of it: nobody waits for its bytes. A file made lately enough is taken for one. */
void hold_bytes(struct call *call, const struct stamp *stamp, const char *path) {
  if (call->ticket || !is_regular(stamp) || !stamp->size || !filter_has(stamp->dev, stamp->ino) || made_here(stamp)) return;
  size_t length = strlen(path);
  struct roar_hold *record = record_begin(ROAR_RECORD_HOLD, sizeof *record + length, call->process->pid, call->thread->tid);
  if (!record) return;
  call->ticket = record->ticket = __atomic_fetch_add(&log_header()->hold_ticket, 1, __ATOMIC_RELAXED);
  record->dev = stamp->dev;
  record->ino = stamp->ino;
  record->size = stamp->size;
  record->mtime_ns = stamp->mtime_ns;
  record->ctime_ns = stamp->ctime_ns;
  record->path_length = (uint32_t)length;
  memcpy(record + 1, path, length);
  record_end(record);
  wake_recorder();
}
