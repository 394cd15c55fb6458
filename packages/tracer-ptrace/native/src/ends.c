/* What was written is seen when a descriptor ends: the file is another than it was, and the process has written something. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "supervise.h"

/* A change while it had the file open is its own if it wrote anything since. */
static bool has_written(struct process *process, const struct written *one) {
  /* Another thread's writes are not counted until it is asked. */
  if (process->written_bytes <= one->base) process_count_all(process);
  return process->written_bytes > one->base;
}

/* The kernel's own word for a file that was made without a name stays when it gets one. */
static bool has_old_name(const char *path, const struct stamp *now) {
  size_t length = strlen(path);
  return now->links && length > sizeof GONE_MARK - 1 && strcmp(path + length - (sizeof GONE_MARK - 1), GONE_MARK) == 0;
}

/* A file that was empty before has been written when it has bytes; another one when size or mtime differ, and time alone may be utimensat's. */
static void settle_written(struct process *process, struct written *one, const char *path, const struct stamp *now) {
  bool changed = !same_version(&one->before, now) && (one->before.size != now->size || now->size > 0);
  if (one->created || one->before.size == 0) changed = now->size > 0;
  if (!changed || (!has_written(process, one) && !one->mapped)) return;
  if (has_old_name(path, now) && one->path) path = one->path;
  uint32_t access = ROAR_ACCESS_WRITTEN | ROAR_ACCESS_INFERRED | (one->append ? ROAR_ACCESS_APPENDED : 0) | (now->links == 0 ? ROAR_ACCESS_UNNAMED : 0);
  fact_file(ROAR_RECORD_SETTLED, process->pid, path, now, access);
  one->before = *now;
  one->seen_size = now->size;
  one->created = false;
  one->base = process->written_bytes;
}

/* Open for writing, and never seen to be opened: received, or opened by somebody who shares the table. Only its position speaks. */
static void settle_stranger(struct process *process, int copy, const struct stamp *now) {
  char path[PATH_BYTES];
  /* The library's. */
  if (process->inside == INSIDE) return;
  int64_t offset = lseek(copy, 0, SEEK_CUR);
  if (offset <= 0 || process->written_bytes < (uint64_t)offset || now->mtime_ns < process->since) return;
  if (told_once(process, now, ROAR_ACCESS_WRITTEN) || !path_of_file(process, copy, now, path)) return;
  fact_file(ROAR_RECORD_SETTLED, process->pid, path, now, ROAR_ACCESS_WRITTEN | ROAR_ACCESS_INFERRED | (now->links == 0 ? ROAR_ACCESS_UNNAMED : 0));
}

static void settle_copy_of(struct process *process, int fd, int copy, const struct stamp *now, bool closing) {
  struct written *one = written_find(process, now);
  char path[PATH_BYTES];
  if (!one) settle_stranger(process, copy, now);
  else if (path_of_file(process, copy, now, path)) {
    /* fcntl(F_SETFL) does not stop: what is set now was set when it was written, but for a program that changes it in between. */
    one->append = (fcntl(copy, F_GETFL) & O_APPEND) != 0;
    settle_written(process, one, path, now);
  }
  if (one && closing && one->fd == fd) one->closed = true;
}

/* What was written until now. The close of what is mapped may not stop (filter.c). */
void settle_open(struct process *process, int fd, int copy, const struct stamp *now) {
  settle_copy_of(process, fd, copy, now, false);
}

static void settle_fd(struct process *process, int fd) {
  struct stamp now;
  int copy = regular_fd(process, fd, &now);
  if (copy < 0) return;
  int flags = fcntl(copy, F_GETFL);
  if (!(flags & O_PATH) && (flags & O_ACCMODE) != O_RDONLY) settle_copy_of(process, fd, copy, &now, false);
  close(copy);
}

/* Made by an open that only reads: closed, its number may come again as another new file. */
static void forget_made(struct process *process, int fd, const struct stamp *now) {
  struct written *one = process->written_count ? written_find(process, now) : NULL;
  if (one && one->fd == fd) one->closed = true;
}

/* The commonest call of all: one copy of the descriptor answers every question, and what was not a file costs three calls. */
void settle_end(struct thread *thread, int fd) {
  struct stamp now;
  uint64_t mount = 0;
  int copy = remote_fd(thread->process, fd);
  if (copy < 0) return;
  /* Of pipes, terminals and directories nothing more is asked. */
  bool known = row_is_near(thread) ? stamp_mount(copy, "", &now, &mount) : stamp_fd(copy, &now);
  if (known && !is_regular(&now)) pipe_ending(thread->process, copy, &now);
  bool regular = known && is_regular(&now), told = regular && row_takes(thread, fd, copy, &now, mount);
  int flags = regular && !told ? fcntl(copy, F_GETFL) : O_PATH;
  if (!(flags & O_PATH)) {
    thread_count(thread);
    uint64_t wrote = thread->now.written_bytes - thread->last.written_bytes;
    if ((flags & O_ACCMODE) != O_WRONLY) {
      settle_reads(thread, fd, copy, &now, flags);
      settle_threads(thread, fd, copy, &now, flags);
    }
    settle_writes(thread, wrote);
    if ((flags & O_ACCMODE) != O_RDONLY) settle_copy_of(thread->process, fd, copy, &now, true);
    else forget_made(thread->process, fd, &now);
  }
  close(copy);
}

/* The number may stand for another file by now; then nothing is known. */
static bool look_at(struct process *process, const struct written *one, struct stamp *now) {
  int copy = one->closed ? -1 : remote_fd(process, one->fd);
  bool known = copy >= 0 && stamp_fd(copy, now) && same_file(now, &one->before);
  if (copy >= 0) close(copy);
  return known;
}

/* By the kernel where it is still open: directories above it may have been renamed since. */
static bool path_now(struct process *process, const struct written *one, const struct stamp *now, char *path) {
  struct stamp still;
  int copy = remote_fd(process, one->fd);
  bool known = copy >= 0 && stamp_fd(copy, &still) && same_file(&still, now) && path_of_file(process, copy, now, path);
  if (copy >= 0) close(copy);
  if (!known && one->path) strcpy(path, one->path);
  return known || one->path;
}

/* It is about to be opened once more, and its state from before will be that of now: what was written until now is told first. */
void settle_known(struct process *process, const struct stamp *now) {
  struct written *one = written_find(process, now);
  char path[PATH_BYTES];
  if (one && !one->closed && path_now(process, one, now, path)) settle_written(process, one, path, now);
}

/* What of a file that others have open for writing too changed without a write of this process was their doing. */
void settle_writes(struct thread *thread, uint64_t wrote) {
  struct process *process = thread->process;
  struct stamp now;
  bool shared = false;
  for (int i = 0; i < process->written_count; i++) shared |= process->written[i].shared && !process->written[i].closed;
  if (!shared) return;
  for (int i = 0; wrote && i < process->written_count; i++) {
    struct written *one = &process->written[i];
    if (one->shared || !look_at(process, one, &now)) continue;
    uint64_t grown = now.size > one->seen_size ? now.size - one->seen_size : 0;
    wrote -= grown < wrote ? grown : wrote;
    one->seen_size = now.size;
  }
  for (int i = 0; i < process->written_count; i++) {
    struct written *one = &process->written[i];
    if (!one->shared || !look_at(process, one, &now) || same_version(&now, &one->before)) continue;
    char path[PATH_BYTES];
    /* Another thread may have written it, and its count is taken at its own next call. */
    bool own = wrote || (process->threaded && has_written(process, one));
    if (own && path_now(process, one, &now, path)) settle_written(process, one, path, &now);
    one->before = now;
    one->created = false;
  }
}

static void settle_each(struct process *process, int fd, void *unused) {
  (void)unused;
  settle_fd(process, fd);
}

bool is_writing(const struct process *process) {
  for (int i = 0; i < process->written_count; i++)
    if (!process->written[i].closed) return true;
  return false;
}

/* At its end a process that wrote anything is asked for files that nobody saw it open. */
void settle_all(struct process *process, bool ending) {
  if ((ending && process->written_bytes > 0) || is_writing(process)) each_fd(process, settle_each, NULL);
}

static void tell_moved(struct process *process, int fd, void *unused) {
  (void)unused;
  struct stamp now;
  int copy = regular_fd(process, fd, &now);
  if (copy < 0) return;
  if ((fcntl(copy, F_GETFL) & (O_ACCMODE | O_PATH)) == O_RDONLY && lseek(copy, 0, SEEK_CUR) > 0)
    tell_read(process, copy, &now, ROAR_ACCESS_READ | ROAR_ACCESS_INFERRED);
  close(copy);
}

/* Left open by a process whose library knows some of its files: which of them it does not know cannot be told, and one that is told twice is told alike. */
void settle_moved(struct process *process) { each_fd(process, tell_moved, NULL); }

/* A name is about to change: what was written until now was written under the old one. */
void settle_before(const struct call *call, const struct stamp *stamp) {
  bool directory = (stamp->mode & S_IFMT) == S_IFDIR;
  for (struct process *one = process_first(); one; one = one->next) {
    if (one->ended) continue;
    if (one != call->process) settle_pending(one, NULL);
    const struct written *known = written_find(one, stamp);
    if ((directory && one->written_count) || (known && !known->closed)) settle_all(one, false);
  }
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
    /* It was killed between an open and its next call: the file's being there is all the proof left. */
    if (!pending->active || !pending->path || pending->existed) continue;
    if (!stamp_path(AT_FDCWD, pending->path, AT_SYMLINK_NOFOLLOW, &now) || !is_regular(&now)) continue;
    fact_file(ROAR_RECORD_FILE, process->pid, pending->path, &now, ROAR_ACCESS_CREATED | ROAR_ACCESS_INFERRED | (now.size ? ROAR_ACCESS_WRITTEN : 0));
  }
}
