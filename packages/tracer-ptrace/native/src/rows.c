/*
 * A program that reads one file after another to its end (tar, cp -r, a linter): its positions are added up, and compared with the kernel's count of what it read
 * once for a row of files instead of for each. Nobody makes a call that stops while a row grows, or it ends: so nothing is told out of its order.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "supervise.h"

/* So many files were explained to the byte, by as many calls each, before a row begins: a small program is counted file by file. */
enum { STEADY = 32, LONGEST = 16, SMALL = 4096 };

static struct row {
  struct thread *thread;
  int count;
  uint64_t bytes;
  size_t used;
  bool listed; /* some are known by their last names alone */
  struct { struct stamp stamp; uint64_t moved; bool told; const char *path; } files[LONGEST];
  char text[LONGEST * PATH_BYTES]; /* their paths, one behind another: a page each would not be near */
} row;

void row_explained(struct thread *thread, bool exactly, uint64_t calls) {
  thread->steady = exactly && calls && (!thread->steady || calls == thread->pace) ? thread->steady + 1 : 0;
  thread->pace = calls;
}

static uint64_t moved_by(unsigned files) {
  uint64_t moved = 0;
  for (int i = 0; i < row.count; i++)
    if (files >> i & 1) moved += row.files[i].moved;
  return moved;
}

/* So many files, with so many bytes, were measured by lseek and not read: which? A bit each; 0 where it could be these or those, and all count as read. */
static unsigned measured(uint64_t count, uint64_t bytes) {
  unsigned found = 0;
  for (unsigned files = 1; files < 1u << row.count; files++) {
    if ((uint64_t)__builtin_popcount(files) != count || moved_by(files) != bytes) continue;
    if (found) return 0;
    found = files;
  }
  return found;
}

/* What is left of the counts is the next file's. With less than was expected some positions have moved without a read, and rows end here. */
static unsigned account(struct thread *thread) {
  struct counts *last = &thread->last;
  uint64_t bytes = thread->now.read_bytes - last->read_bytes, calls = thread->now.reads - last->reads, expected = thread->pace * (uint64_t)row.count;
  bool short_of = bytes < row.bytes || calls < expected;
  last->read_bytes += bytes < row.bytes ? bytes : row.bytes;
  last->reads += calls < expected ? calls : expected;
  if (!short_of) return 0;
  thread->steady = 0;
  return bytes < row.bytes && calls < expected ? measured((expected - calls) / thread->pace, row.bytes - bytes) : 0;
}

static void tell_file(int at, const char *directory) {
  static char path[PATH_BYTES];
  const char *name = row.files[at].path;
  if (*name != '/' && snprintf(path, sizeof path, "%s%s", directory, name) < (int)sizeof path) name = path;
  tell_read_by(row.thread->process, name, &row.files[at].stamp, ROAR_ACCESS_READ | ROAR_ACCESS_INFERRED);
}

/* One that was killed meanwhile has no counts any more: its positions are all the proof left. */
void row_settle(void) {
  static char directory[PATH_BYTES];
  static bool settling;
  if (!row.thread || settling) return;
  settling = true;
  if (row.listed) listing_path(directory);
  unsigned unread = thread_count(row.thread) ? account(row.thread) : 0;
  for (int i = 0; i < row.count; i++)
    if (!row.files[i].told && !(unread >> i & 1)) tell_file(i, directory);
  if (row.listed) listing_let_go();
  row.thread = NULL;
  row.count = 0;
  row.bytes = row.used = 0;
  row.listed = settling = false;
}

/* Another's call, or another call, ends it. */
void row_meets(uint32_t tid, enum call_id id) {
  if (row.thread && (row.thread->tid != tid || id != CALL_CLOSE)) row_settle();
}

/*
 * What no one of this process has open for writing, and is older than the process, was not written through this descriptor: its mode need not be asked. What only
 * names a file (O_PATH) has no position.
 */
static bool fits(const struct thread *thread, int fd, const struct stamp *now) {
  struct process *process = thread->process;
  if (library_inside || thread->steady < STEADY || process->threaded || thread->copy.active) return false;
  return now->size <= SMALL && now->mtime_ns < process->since && !written_find(process, now) && !position_of(process, fd, now);
}

/* Who has no row ahead need not be asked for more than before. */
bool row_is_near(const struct thread *thread) { return thread->steady >= STEADY; }

/* Its path, or its last name in the directory that is listed. */
static const char *name_of(struct process *process, int copy, const struct stamp *now, uint64_t mount) {
  const char *listed = process->foreign_mounts ? NULL : listing_names(now, mount);
  if (!listed && row.listed) row_settle();
  char *path = row.text + row.used;
  if (listed) row.listed = strcpy(path, listed);
  else if (!path_of_file(process, copy, now, path)) return NULL;
  else if (!process->foreign_mounts) listing_meets(path);
  row.used += strlen(path) + 1;
  return path;
}

/* The file of a descriptor about to be closed; false: it is to be looked at by itself. */
bool row_takes(struct thread *thread, int fd, int copy, const struct stamp *now, uint64_t mount) {
  int64_t offset = fits(thread, fd, now) ? lseek(copy, 0, SEEK_CUR) : 0;
  if (row.count == LONGEST) row_settle();
  bool told = offset > 0 && read_is_told(thread->process, now);
  const char *path = offset > 0 && !told ? name_of(thread->process, copy, now, mount) : NULL;
  if (offset <= 0 || (!told && !path)) {
    row_settle();
    return false;
  }
  row.files[row.count].path = path;
  row.files[row.count].told = told;
  row.files[row.count].moved = (uint64_t)offset;
  row.files[row.count++].stamp = *now;
  row.bytes += (uint64_t)offset;
  row.thread = thread;
  return true;
}
