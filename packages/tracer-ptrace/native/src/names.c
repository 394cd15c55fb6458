/*
 * Names made, moved and removed. The result of the call is not seen: what is there is looked at before, what came of it at the next call of anybody, so that
 * the order of facts is that of what happened.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "supervise.h"

#ifndef RENAME_EXCHANGE
#define RENAME_EXCHANGE 2
#define RENAME_WHITEOUT 4
#endif

static char first[PATH_BYTES], second[PATH_BYTES];
static struct thread *changing[64]; /* threads with a change under way */
static int changing_count;

bool changes_under_way(void) { return changing_count > 0; }

static bool stands(const char *path, const struct stamp *stamp) {
  struct stamp now;
  return stamp_path(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, &now) && (!stamp->ino || same_file(&now, stamp));
}

/* Another length may take no other time, and another time no other length. */
static bool is_resized(const struct change *change) {
  struct stamp now;
  return stamp_path(AT_FDCWD, change->from, AT_SYMLINK_NOFOLLOW, &now) && same_file(&now, &change->moved) && !same_version(&now, &change->moved);
}

/* Stamps hold the inode, so that somebody else's file of the same name is no proof. */
static bool has_happened(const struct change *change) {
  switch (change->kind) {
    case RENAMED: return stands(change->to, &change->moved) && (change->flags & RENAME_WHITEOUT || !stands(change->from, &change->moved));
    case REMOVED: return !stands(change->from, &change->moved);
    case LINKED: case SYMLINKED: case MADE_DIRECTORY: case MADE_NODE: return stands(change->to, &change->moved);
    case RESIZED: return is_resized(change);
    case NO_CHANGE: return false;
  }
  return false;
}

/* What is open under the old name, or under none, goes by the new one. */
static void rename_written(const struct stamp *moved, const char *to) {
  for (struct process *one = process_first(); one; one = one->next) {
    struct written *known = written_find(one, moved);
    if (!known) continue;
    free(known->path);
    known->path = strdup(to);
  }
}

static void tell_change(uint32_t pid, const struct change *change) {
  uint32_t kind = change->flags & RENAME_EXCHANGE ? ROAR_RENAME_EXCHANGE : change->flags & RENAME_WHITEOUT ? ROAR_RENAME_WHITEOUT : ROAR_RENAME_PLAIN;
  struct stamp made;
  switch (change->kind) {
    case RENAMED: log_rename(pid, kind, &change->moved, change->replaced.ino ? &change->replaced : NULL, text_of(change->from), text_of(change->to)); break;
    case REMOVED: log_unlink(pid, &change->moved, change->moved.links ? change->moved.links - 1 : 0, text_of(change->from)); break;
    case LINKED: log_link(pid, &change->moved, text_of(change->from), text_of(change->to)); break;
    case SYMLINKED:
      log_symlink(pid, text_of(change->from), text_of(change->to));
      link_made(change->to);
      break;
    case MADE_DIRECTORY: log_mkdir(pid, text_of(change->to)); break;
    case MADE_NODE:
      if (!stamp_path(AT_FDCWD, change->to, AT_SYMLINK_NOFOLLOW, &made)) break;
      told_again(&made);
      fact_file(ROAR_RECORD_FILE, pid, change->to, &made, ROAR_ACCESS_CREATED);
      break;
    case RESIZED: fact_file(ROAR_RECORD_FILE, pid, change->from, &change->moved, ROAR_ACCESS_WRITTEN); break;
    case NO_CHANGE: break;
  }
  if (change->kind == RENAMED || change->kind == LINKED) rename_written(&change->moved, change->to);
  if (change->kind == RENAMED && (change->flags & RENAME_EXCHANGE)) rename_written(&change->replaced, change->from);
}

static void finish(struct thread *thread, bool happened) {
  struct change *change = &thread->change;
  /* What a row has read by now was read by the names of before. */
  row_settle();
  if (happened) tell_change(thread->process->pid, change);
  names_moved();
  free(change->from);
  free(change->to);
  memset(change, 0, sizeof *change);
  for (int i = 0; i < changing_count; i++)
    if (changing[i] == thread) changing[i--] = changing[--changing_count];
}

/* It ends: what has not happened by now never will. */
void change_drop(struct thread *thread) {
  if (thread->change.kind) finish(thread, has_happened(&thread->change));
}

void settle_changes(struct thread *own) {
  for (int i = changing_count - 1; i >= 0; i--) {
    struct thread *one = changing[i];
    bool happened = has_happened(&one->change);
    if (happened || one == own) finish(one, happened || one->change.kind == RESIZED);
    if (i > changing_count) i = changing_count;
  }
}

/* One change a thread, since its next call settles it; with too many at once the oldest is judged as it stands. */
static struct change *begin(const struct call *call, enum change_kind kind, const char *from, const char *to) {
  struct thread *thread = call->thread;
  names_moved();
  if (thread->change.kind) finish(thread, false);
  if (changing_count == sizeof changing / sizeof *changing) finish(changing[0], has_happened(&changing[0]->change));
  changing[changing_count++] = thread;
  thread->change = (struct change){.kind = kind, .from = strdup(from), .to = strdup(to)};
  return &thread->change;
}

/* The caller waits until its bytes are kept: told at once, they would be taken for destroyed, and be wanted no more. */
void resized_later(const struct call *call, const char *path, const struct stamp *before) { begin(call, RESIZED, path, "")->moved = *before; }

void renaming(struct call *call) {
  const uint64_t *a = call->args;
  bool at = call->id != CALL_RENAME;
  uint32_t flags = call->id == CALL_RENAMEAT2 ? (uint32_t)a[4] : 0;
  struct stamp moved, replaced;
  if (!remote_name(call, at ? (int)a[0] : AT_FDCWD, at ? a[1] : a[0], first, sizeof first, &moved)) return;
  if (!remote_name(call, at ? (int)a[2] : AT_FDCWD, at ? a[3] : a[1], second, sizeof second, &replaced)) return;
  /* Two names of one file: nothing happens (rename(2)). */
  if (!moved.ino || (replaced.ino && same_file(&moved, &replaced))) return;
  settle_before(call, &moved);
  if (replaced.ino) settle_before(call, &replaced);
  if (replaced.ino && !(flags & RENAME_EXCHANGE)) hold_bytes(call, &replaced, second);
  struct change *change = begin(call, RENAMED, first, second);
  change->flags = flags;
  change->moved = moved;
  change->replaced = replaced;
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
    if (remote_text(call->thread->tid, call->args[0], first, 4096)) begin(call, SYMLINKED, first, second);
  } else if (linked_file(call, first, &stamp)) {
    settle_before(call, &stamp);
    begin(call, LINKED, first, second)->moved = stamp;
  }
}

/* Links that are left keep the bytes, by names that nobody knows. Whether a directory was empty shows afterwards. */
void unlinking(struct call *call) {
  struct stamp stamp;
  bool at = call->id == CALL_UNLINKAT;
  if (!remote_name(call, at ? (int)call->args[0] : AT_FDCWD, at ? call->args[1] : call->args[0], first, sizeof first, &stamp) || !stamp.ino) return;
  settle_before(call, &stamp);
  hold_bytes(call, &stamp, first);
  begin(call, REMOVED, first, "")->moved = stamp;
}

/* Devices, pipes and sockets hold no content. */
void making(const struct call *call) {
  struct stamp stamp;
  bool at = call->id == CALL_MKDIRAT || call->id == CALL_MKNODAT;
  bool directory = call->id == CALL_MKDIR || call->id == CALL_MKDIRAT;
  uint32_t kind = (uint32_t)call->args[at ? 2 : 1] & S_IFMT;
  if (!directory && kind && kind != S_IFREG) return;
  if (!remote_name(call, at ? (int)call->args[0] : AT_FDCWD, at ? call->args[1] : call->args[0], first, sizeof first, &stamp) || stamp.ino) return;
  begin(call, directory ? MADE_DIRECTORY : MADE_NODE, "", first);
}
