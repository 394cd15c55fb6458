/* Lengths set by name or descriptor, and bytes that somebody still wants before they are gone. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "supervise.h"

#define MOST_IN_CASE (16ul << 20)

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
  if (call->ticket && stamp.links) return resized_later(call, path, &stamp);
  fact_file(ROAR_RECORD_FILE, call->process->pid, path, &stamp, ROAR_ACCESS_WRITTEN | (stamp.links == 0 ? ROAR_ACCESS_UNNAMED : 0));
}

/* What this job has made is no input of it: nobody waits for its bytes. A file made lately enough is taken for one. */
static bool may_be_wanted(const struct call *call, const struct stamp *stamp) {
  return !call->ticket && is_regular(stamp) && stamp->size && !made_here(stamp);
}

static void hold(struct call *call, const struct stamp *stamp, const char *path) {
  call->ticket = log_hold(call->process->pid, call->thread->tid, stamp, text_of(path));
}

void hold_bytes(struct call *call, const struct stamp *stamp, const char *path) {
  if (may_be_wanted(call, stamp) && filter_has(stamp->dev, stamp->ino)) hold(call, stamp, path);
}

/* Opened to be changed in place: read and write follow each other without a stop. A version is asked for once, and only while it is soon hashed. */
void hold_in_case(struct call *call, const struct stamp *stamp, const char *path) {
  static uint64_t asked[256];
  uint64_t key = (stamp->ino * 0x9e3779b97f4a7c15ull) ^ (stamp->mtime_ns * 0xbf58476d1ce4e5b9ull) ^ (stamp->dev << 20) ^ stamp->size, *slot = &asked[key >> 56];
  if (!may_be_wanted(call, stamp) || stamp->size > MOST_IN_CASE || *slot == key) return;
  *slot = key;
  hold(call, stamp, path);
}
