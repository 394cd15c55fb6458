/* Names made, moved and removed. The answer is not seen: what must hold for the call to succeed is looked at before, and what came of it at the next call. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "supervise.h"

#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE 1
#define RENAME_EXCHANGE 2
#define RENAME_WHITEOUT 4
#endif

static char first[PATH_BYTES], second[PATH_BYTES];

/* What can be known beforehand of the right to change a directory; the supervisor may have more rights than the program, so this is no proof. */
static bool is_directory(const struct stamp *stamp) { return (stamp->mode & S_IFMT) == S_IFDIR; }

void renaming(const struct call *call) {
  const uint64_t *a = call->args;
  bool at = call->id != CALL_RENAME;
  uint32_t flags = call->id == CALL_RENAMEAT2 ? (uint32_t)a[4] : 0;
  struct stamp moved, replaced;
  if (!remote_name(call, at ? (int)a[0] : AT_FDCWD, at ? a[1] : a[0], first, sizeof first, &moved)) return;
  if (!remote_name(call, at ? (int)a[2] : AT_FDCWD, at ? a[3] : a[1], second, sizeof second, &replaced)) return;
  if (!moved.ino) return;
  if ((flags & RENAME_NOREPLACE) && replaced.ino) return;
  if ((flags & RENAME_EXCHANGE) && !replaced.ino) return;
  if (replaced.ino && same_file(&moved, &replaced)) return;
  if (replaced.ino && !(flags & RENAME_EXCHANGE) && is_directory(&moved) != is_directory(&replaced)) return;
  uint32_t kind = flags & RENAME_EXCHANGE ? ROAR_RENAME_EXCHANGE : flags & RENAME_WHITEOUT ? ROAR_RENAME_WHITEOUT : ROAR_RENAME_PLAIN;
  fact_rename(call->process->pid, kind, &moved, replaced.ino ? &replaced : NULL, first, second);
}

/* The existing file of a link: a name, followed where asked, or a descriptor. */
static bool linked_file(const struct call *call, char *path, struct stamp *stamp) {
  bool at = call->id == CALL_LINKAT;
  uint64_t name = at ? call->args[1] : call->args[0];
  int dirfd = at ? (int)call->args[0] : AT_FDCWD;
  int flags = at ? (int)call->args[4] : 0;
  char text[4096], place[4096 + 64];
  if (!remote_text(call->thread->tid, name, text, sizeof text)) return false;
  if (!(flags & AT_SYMLINK_FOLLOW) && *text) return remote_name(call, dirfd, name, path, PATH_BYTES, stamp) && stamp->ino;
  if (*text) {
    if (!remote_place(call, dirfd, text, place, sizeof place)) return false;
  } else {
    snprintf(place, sizeof place, "/proc/%u/fd/%d", call->thread->tid, dirfd);
  }
  int fd = open(place, O_PATH | O_CLOEXEC);
  if (fd < 0) return false;
  bool known = stamp_fd(fd, stamp) && path_of_fd(fd, path, PATH_BYTES);
  close(fd);
  return known;
}

void linking(const struct call *call) {
  struct stamp stamp, there;
  bool symbolic = call->id == CALL_SYMLINK || call->id == CALL_SYMLINKAT;
  int dirfd = call->id == CALL_LINKAT ? (int)call->args[2] : call->id == CALL_SYMLINKAT ? (int)call->args[1] : AT_FDCWD;
  uint64_t name = call->id == CALL_LINKAT ? call->args[3] : call->id == CALL_SYMLINKAT ? call->args[2] : call->args[1];
  if (!remote_name(call, dirfd, name, second, sizeof second, &there) || there.ino) return;
  if (symbolic) {
    if (remote_text(call->thread->tid, call->args[0], first, 4096)) fact_pair(ROAR_RECORD_SYMLINK, call->process->pid, &there, first, second);
  } else if (linked_file(call, first, &stamp) && !is_directory(&stamp)) {
    fact_pair(ROAR_RECORD_LINK, call->process->pid, &stamp, first, second);
  }
}

void unlinking(const struct call *call) {
  struct stamp stamp;
  bool at = call->id == CALL_UNLINKAT;
  bool directory = call->id == CALL_RMDIR || (at && ((int)call->args[2] & AT_REMOVEDIR));
  if (!remote_name(call, at ? (int)call->args[0] : AT_FDCWD, at ? call->args[1] : call->args[0], first, sizeof first, &stamp)) return;
  if (!stamp.ino || directory || is_directory(&stamp)) return;
  fact_unlink(call->process->pid, &stamp, first);
}

void making(const struct call *call) {
  struct stamp stamp;
  bool at = call->id == CALL_MKDIRAT || call->id == CALL_MKNODAT;
  uint32_t mode = (uint32_t)call->args[at ? 2 : 1];
  if (!remote_name(call, at ? (int)call->args[0] : AT_FDCWD, at ? call->args[1] : call->args[0], first, sizeof first, &stamp) || stamp.ino) return;
  if (call->id == CALL_MKDIR || call->id == CALL_MKDIRAT) fact_pair(ROAR_RECORD_MKDIR, call->process->pid, &stamp, "", first);
  else if ((mode & S_IFMT) == S_IFREG || !(mode & S_IFMT)) fact_file(ROAR_RECORD_FILE, call->process->pid, first, &stamp, ROAR_ACCESS_CREATED);
}

void resizing(const struct call *call) {
  struct stamp stamp;
  int fd;
  if (call->id == CALL_TRUNCATE) {
    char name[4096], place[4096 + 64];
    if (!remote_text(call->thread->tid, call->args[0], name, sizeof name) || !remote_place(call, AT_FDCWD, name, place, sizeof place)) return;
    fd = open(place, O_PATH | O_CLOEXEC);
  } else {
    fd = remote_fd(call->process, (int)call->args[0]);
    if (fd >= 0 && (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY) {
      close(fd);
      return;
    }
  }
  if (fd < 0) return;
  bool known = stamp_fd(fd, &stamp) && is_regular(&stamp) && path_of_fd(fd, first, sizeof first);
  close(fd);
  uint32_t unnamed = stamp.links == 0 ? ROAR_ACCESS_UNNAMED : 0;
  if (known) fact_file(ROAR_RECORD_FILE, call->process->pid, first, &stamp, ROAR_ACCESS_WRITTEN | unnamed);
}
