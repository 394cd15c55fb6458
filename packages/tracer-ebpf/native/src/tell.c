/* Facts of processes and open files. */
#include <stdlib.h>
#include <string.h>

#include "follow.h"

/* A name is told behind the first fact of its file; of a file that was only opened there is none. */
enum { MOST_ALIASES = 4096 };
struct alias { struct stamp stamp; uint32_t pid, generation; char *path, *target; };
static struct alias aliases[MOST_ALIASES];
static unsigned alias_count, next_alias;

static void drop_alias(struct alias *alias) {
  free(alias->path);
  free(alias->target);
  *alias = aliases[--alias_count];
  memset(&aliases[alias_count], 0, sizeof *alias);
}

static void keep_alias(const struct event *event, const struct stamp *stamp, const char *path, const char *target) {
  if (alias_count == MOST_ALIASES) drop_alias(&aliases[next_alias++ % MOST_ALIASES]);
  aliases[alias_count++] = (struct alias){*stamp, event->pid, event->generation, strdup(path), strdup(target)};
}

static void tell_aliases(const struct stamp *stamp, uint32_t generation) {
  for (unsigned i = alias_count; i > 0; i--) {
    struct alias *one = &aliases[i - 1];
    if (!same_file(&one->stamp, stamp) || one->generation != generation) continue;
    if (one->path && one->target) log_name(one->pid, stamp, text_of(one->path), text_of(one->target));
    drop_alias(one);
  }
}

static void tell_file_event(const struct event *event) {
  char path[PATH_BYTES];
  struct stamp stamp;
  if (!base_path(event, TEXT_BASE, path)) return;
  stamp_of(event, &stamp);
  stamp_by_path(event->magic, path, &stamp);
  if (event->flags & EVENT_CUT) log_gap(event->pid, 1, "path-too-long", text_of(path));
  if (stamp.links) tell_inside(event, TEXT_BASE);
  log_file(ROAR_RECORD_FILE, event->pid, event->flags & EVENT_CUT ? ROAR_FLAG_TRUNCATED : 0, text_of(path), &stamp, event->access);
  if (alias_count) tell_aliases(&stamp, event->generation);
}

/* A symlink by which the file was reached. Names inside /proc are no names of files. */
static void tell_alias(const struct event *event) {
  struct place name;
  struct stamp stamp, link;
  char path[PATH_BYTES];
  if (!place_of(event, TEXT_BASE, false, &name) || !base_path(event, TEXT_BASE_2, path)) return;
  if (strcmp(name.path, path) == 0 || strncmp(name.path, "/proc/", 6) == 0 || strncmp(name.path, "/dev/fd/", 8) == 0) return;
  if (!stamp_path(name.path, false, &link) || !S_ISLNK(link.mode)) return;
  stamp_of(event, &stamp);
  stamp_by_path(event->magic, path, &stamp);
  keep_alias(event, &stamp, name.path, path);
}

static void tell_exec(const struct event *event) {
  char path[PATH_BYTES], cwd[PATH_BYTES], root[PATH_BYTES];
  struct stamp stamp;
  struct text argv = {(const char *)event + event->starts[TEXT_NAME_2], event->lengths[TEXT_NAME_2]};
  if (!base_path(event, TEXT_BASE, path)) return;
  if (!base_path(event, TEXT_BASE_2, cwd)) strcpy(cwd, "/");
  stamp_of(event, &stamp);
  stamp_by_path(event->magic, path, &stamp);
  if (stamp.links) tell_inside(event, TEXT_BASE);
  const struct started program = {event->pid, 0, event->flags & EVENT_CUT ? ROAR_FLAG_TRUNCATED : 0, text_of(path), text_of(cwd), argv};
  log_exec(&program, &stamp);
  log_file(ROAR_RECORD_FILE, event->pid, 0, text_of(path), &stamp, event->access);
  if (!base_path(event, TEXT_ROOT, root)) strcpy(root, "/");
  tell_script(event, &stamp, cwd, root);
}

/* A process that a signal has ended has no status of its own. */
static void tell_exit(const struct event *event) {
  if (event->flags & EVENT_DUMPED) tell_core(event);
  if (!(event->flags & EVENT_KILLED)) log_exit(event->pid, event->value);
}

/* Names that io_uring was asked to change: nothing has happened until the request is completed. */
enum { MOST_PENDING = 1024 };
static struct event *pending[MOST_PENDING];

static struct event **pending_of(uint64_t key) {
  for (int i = 0; i < MOST_PENDING; i++)
    if (pending[i] && pending[i]->key == key) return &pending[i];
  return NULL;
}

static void keep_pending(const struct event *event) {
  struct event **place = pending_of(event->key);
  for (int i = 0; i < MOST_PENDING && !place; i++)
    if (!pending[i]) place = &pending[i];
  if (!place) return;
  free(*place);
  *place = malloc(event->size);
  if (*place) memcpy(*place, event, event->size);
}

/* What the kernel touched is told at the end, the names were told at the beginning: put together they are one event. */
static struct event *joined(const struct event *asked, const struct event *done) {
  size_t more = done->candidates * sizeof(struct candidate);
  struct event *whole = malloc(asked->size + more);
  if (!whole) return NULL;
  memcpy(whole, asked, sizeof *whole);
  memcpy(whole + 1, done + 1, more);
  memcpy((char *)(whole + 1) + more, asked + 1, asked->size - sizeof *asked);
  whole->candidates = done->candidates;
  for (int i = 0; i < TEXTS; i++)
    if (whole->starts[i]) whole->starts[i] += (unsigned)more;
  return whole;
}

static void tell_ring_done(const struct event *event) {
  struct event **asked = pending_of(event->key), *whole = NULL;
  if (!asked && event->value >= 0) log_gap(event->pid, 1, "io-uring", text_of("a name was changed by a request that was not seen"));
  if (!asked) return;
  if (event->value >= 0) whole = joined(*asked, event);
  if (whole) tell_name_event(whole);
  free(whole);
  free(*asked);
  *asked = NULL;
}

void tell(const struct event *event) {
  if (event->flags & EVENT_PENDING) return keep_pending(event);
  switch (event->kind) {
    case EVENT_RING_DONE: tell_ring_done(event); break;
    case EVENT_RING_SILENT: log_gap(event->pid, 1, "io-uring", text_of("requests that want no word of their success (IOSQE_CQE_SKIP_SUCCESS)")); break;
    case EVENT_FORK: log_fork(event->pid, event->parent, 0); break;
    case EVENT_EXEC: tell_exec(event); break;
    case EVENT_EXIT: tell_exit(event); break;
    case EVENT_FILE: tell_file_event(event); break;
    case EVENT_ALIAS: tell_alias(event); break;
    default: tell_name_event(event);
  }
}
