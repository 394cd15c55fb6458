/* Opening for writing: what stood there is seen before, what came of it at the program's next call. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "roar_resolve.h"
#include "supervise.h"

struct written *written_find(struct process *process, const struct stamp *stamp) {
  for (int i = process->written_count - 1; i >= 0; i--)
    if (same_file(&process->written[i].before, stamp)) return &process->written[i];
  return NULL;
}

/* A full table forgets what was closed first. */
static struct written *room(struct process *process) {
  if (process->written_count < MOST_WRITTEN) return &process->written[process->written_count++];
  int leaving = 0;
  for (int i = 0; i < MOST_WRITTEN; i++)
    if (process->written[i].closed) {
      leaving = i;
      break;
    }
  free(process->written[leaving].path);
  memmove(&process->written[leaving], &process->written[leaving + 1], (size_t)(MOST_WRITTEN - 1 - leaving) * sizeof(struct written));
  return &process->written[MOST_WRITTEN - 1];
}

struct written *written_add(struct process *process, int fd, const struct stamp *before, const char *path) {
  struct written *one = written_find(process, before);
  if (!one) {
    one = room(process);
    memset(one, 0, sizeof *one);
  } else {
    free(one->path);
  }
  one->fd = fd;
  one->before = *before;
  one->path = strdup(path);
  one->closed = one->mapped = one->shared = false;
  one->seen_size = before->size;
  one->base = process->written_bytes;
  return one;
}

void written_duplicated(struct process *process, int from, int to) {
  for (int i = 0; i < process->written_count; i++)
    if (process->written[i].fd == from) process->written[i].fd = to;
}

/* Numbers in a directory of /proc; opendir(3) would take memory each time. A list longer than the buffer comes in several calls. */
void each_number(int parent, const char *path, void (*visit)(struct process *, int, void *), struct process *process, void *context) {
  struct entry { uint64_t inode; int64_t offset; uint16_t size; uint8_t type; char name[]; };
  char buffer[4096] __attribute__((aligned(8)));
  /* The kernel's own record, linux_dirent64 of getdents(2), which no header of libc declares. */
  int directory = openat(parent, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return;
  for (long got; (got = syscall(SYS_getdents64, directory, buffer, sizeof buffer)) > 0;)
    for (long at = 0; at < got;) {
      const struct entry *entry = (const void *)(buffer + at);
      if (entry->name[0] != '.') visit(process, atoi(entry->name), context);
      at += entry->size;
    }
  close(directory);
}

void each_fd(struct process *process, void (*visit)(struct process *, int, void *), void *context) {
  char path[40];
  snprintf(path, sizeof path, "/proc/%u/fd", process->apart ? process->apart->tid : process->pid);
  each_number(AT_FDCWD, path, visit, process, context);
}

/* openat2's flags lie in memory, where the filter cannot look; the handle of open_by_handle_at says nothing of a path. */
static bool flags_of(const struct call *call, int *dirfd, uint64_t *name, int *flags, bool *in_root) {
  uint64_t how[3];
  *dirfd = AT_FDCWD;
  *name = call->args[0];
  switch (call->id) {
    case CALL_OPEN: *flags = (int)call->args[1]; return true;
    case CALL_CREAT: *flags = O_WRONLY | O_CREAT | O_TRUNC; return true;
    case CALL_OPENAT2:
      if (!remote_read(call->thread->tid, call->args[2], how, sizeof how)) return false;
      *flags = (int)how[0];
      *in_root = (how[2] & ROAR_RESOLVE_IN_ROOT) != 0;
      break;
    default: *flags = (int)call->args[2];
  }
  *dirfd = (int)call->args[0];
  *name = call->args[1];
  return true;
}

/* O_EXCL and O_NOFOLLOW stop at a link; everything else that creates goes through one (open(2)). False: there is no such directory, and nothing can come of it. */
static bool look_before(const struct call *call, int dirfd, const char *name, uint64_t address, struct pending *pending) {
  char place[4096 + 64];
  if (!remote_place(call, dirfd, name, place, sizeof place)) return true;
  int follow = (pending->flags & O_NOFOLLOW) || ((pending->flags & O_CREAT) && (pending->flags & O_EXCL)) ? AT_SYMLINK_NOFOLLOW : 0;
  pending->existed = stamp_path(AT_FDCWD, place, follow, &pending->before);
  char path[PATH_BYTES];
  struct stamp named;
  errno = 0;
  if (!remote_name(call, dirfd, address, path, sizeof path, &named))
    return errno != ENOENT && errno != ENOTDIR;
  pending->path = strdup(path);
  pending->through_link = (named.mode & S_IFMT) == S_IFLNK;
  return true;
}

void opening(struct call *call) {
  char name[4096];
  int dirfd, flags;
  uint64_t address;
  bool in_root = false;
  struct pending *pending = &call->thread->pending;
  if (!flags_of(call, &dirfd, &address, &flags, &in_root)) return;
  if ((flags & O_PATH) || !(flags & (O_ACCMODE | O_CREAT | O_TRUNC))) return;
  free(pending->path);
  memset(pending, 0, sizeof *pending);
  pending->flags = flags;
  pending->unnamed = (flags & O_TMPFILE) == O_TMPFILE;
  pending->base = call->process->written_bytes;
  pending->truncates = (flags & O_TRUNC) != 0;
  if (call->id == CALL_OPEN_HANDLE) {
    pending->existed = pending->active = true;
    return;
  }
  if (!remote_text(call->thread->tid, address, name, sizeof name) || !*name || !call_valid(call)) return;
  const size_t above = in_root ? roar_above_root(name) : 0;
  if (!pending->unnamed && !look_before(call, dirfd, name + above, address + above, pending)) return;
  /* What is no regular file is nobody's content; what is there already fails under O_EXCL. */
  if (pending->existed && ((flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL) || !is_regular(&pending->before))) return;
  pending->active = true;
  if (pending->existed) settle_known(call->process, &pending->before);
  if (!pending->existed || !pending->path) return;
  hold_bytes(call, &pending->before, pending->path);
  if (!(flags & (O_TRUNC | O_APPEND))) hold_in_case(call, &pending->before, pending->path);
}

/* A file of memfd_create has no name either, and no directory. */
static bool is_memory(int copy) {
  char path[PATH_BYTES];
  return path_of_fd(copy, path, sizeof path) && strncmp(path, "/memfd:", 7) == 0;
}

/* Is this descriptor what came of the open? By its file where that stood there before, else by mode and by the name that was asked for. */
static bool fits(struct process *process, const struct pending *pending, int copy, const struct stamp *now) {
  int flags = fcntl(copy, F_GETFL);
  if ((flags & O_PATH) || (flags & O_ACCMODE) != (pending->flags & O_ACCMODE)) return false;
  if (pending->existed && pending->before.ino) return same_file(now, &pending->before);
  /* A new file: none that this process had before. */
  char path[PATH_BYTES];
  if (pending->unnamed) return now->links == 0 && !written_find(process, now) && !is_memory(copy);
  if (pending->path && !pending->through_link && (!path_of_fd(copy, path, sizeof path) || strcmp(path, pending->path) != 0)) return false;
  struct stamp led;
  if (pending->path && pending->through_link && stamp_path(AT_FDCWD, pending->path, 0, &led) && !same_file(&led, now)) return false;
  struct written *known = written_find(process, now);
  return !known || known->closed;
}

/* The facts of an open that succeeded, with the file's state from before it: that is the version which was cut, or will be written over. */
static void note_opened(struct process *process, const struct pending *pending, int fd, int copy, struct stamp *now) {
  char path[PATH_BYTES];
  if (!path_of_file(process, copy, now, path)) return;
  bool created = !pending->existed && (pending->flags & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY)));
  struct stamp before = pending->existed && pending->before.ino ? pending->before : *now;
  if (created) before.size = 0;
  struct written *one = written_add(process, fd, &before, path);
  one->append = (pending->flags & O_APPEND) != 0;
  one->created = created;
  one->base = pending->base;
  uint32_t unnamed = now->links == 0 ? ROAR_ACCESS_UNNAMED : 0;
  if (created) {
    told_again(now);
    struct stamp empty = *now;
    empty.size = 0;
    fact_file(ROAR_RECORD_FILE, process->pid, path, &empty, ROAR_ACCESS_CREATED | unnamed);
  } else if (pending->truncates) {
    fact_file(ROAR_RECORD_FILE, process->pid, path, &before, ROAR_ACCESS_TRUNCATED | ROAR_ACCESS_EXISTED);
    /* The cut is told; a write behind it changes what was left by it. */
    one->before.size = 0;
  }
  if (pending->through_link && pending->path) log_name(process->pid, now, text_of(pending->path), text_of(path));
}

/* The open that this descriptor came of; NULL: none of those under way. */
static struct pending *origin(struct process *process, int copy, const struct stamp *now) {
  for (struct thread *one = process->threads; one; one = one->sibling)
    if (one->pending.active && fits(process, &one->pending, copy, now)) return &one->pending;
  return NULL;
}

static void consider(struct process *process, int fd, void *context) {
  int *waiting = context;
  struct stamp now;
  if (!*waiting || descriptor_is_known(process, fd)) return;
  int copy = regular_fd(process, fd, &now);
  if (copy < 0) return;
  struct pending *pending = origin(process, copy, &now);
  if (pending) {
    pending->active = false;
    --*waiting;
    note_opened(process, pending, fd, copy, &now);
  }
  descriptor_known(process, fd);
  close(copy);
}

/* `own`: the thread whose next call this is; its open has ended by now, one of another thread may still be under way. */
void settle_pending(struct process *process, struct thread *own) {
  int waiting = 0;
  for (struct thread *one = process->threads; one; one = one->sibling) waiting += one->pending.active;
  if (waiting) each_fd(process, consider, &waiting);
  if (own) own->pending.active = false;
}
