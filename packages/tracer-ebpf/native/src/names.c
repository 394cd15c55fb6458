/* Facts of names: made, moved, linked, removed. Which file a name stood for is among those that the call has touched. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "follow.h"

static struct stamp stamp_of_candidate(const struct candidate *one) {
  return (struct stamp){user_device(one->device), one->ino, one->size, one->mtime_ns, one->ctime_ns, one->mode, one->links};
}

static bool is_named(const struct candidate *one, const char *path) {
  const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
  size_t length = strlen(name), compared = length < 60 ? length : 60;
  return one->parent && one->parent <= CANDIDATES && one->name_length == length && memcmp(one->name, name, compared) == 0;
}

/* The one that has a name now, in one of the directories that the call has changed; of two with the same name, the one in this path's. */
static bool find_named(const struct event *event, const char *path, struct stamp *stamp) {
  const struct candidate *all = candidates_of(event), *found = NULL;
  for (unsigned i = 0; i < event->candidates; i++) {
    if (!is_named(&all[i], path)) continue;
    if (!found || is_directory_of(&all[all[i].parent - 1], path)) found = &all[i];
  }
  if (found) *stamp = stamp_of_candidate(found);
  return found != NULL;
}

/* The one that has lost its name: no directory, or one that is dead. */
static bool find_lost(const struct event *event, const struct stamp *but, struct stamp *stamp) {
  const struct candidate *all = candidates_of(event);
  for (unsigned i = 0; i < event->candidates; i++) {
    struct stamp found = stamp_of_candidate(&all[i]);
    if ((is_directory(&all[i]) && !all[i].dead) || (but && same_file(&found, but))) continue;
    return *stamp = found, true;
  }
  return false;
}

/* Kernels that do not tell: whatever stands there now. */
static void find_standing(const struct event *event, const char *path, struct stamp *stamp) {
  if (event->candidates == 0) stamp_path(path, false, stamp);
}

/* linux/magic.h, and the file systems' own sources: here the times are a server's. */
static bool keeps_times(uint32_t magic) {
  static const uint32_t others[] = {0x65735546 /* FUSE */, 0x6969 /* NFS */, 0xff534d42, 0xfe534d42 /* SMB */, 0x01021997 /* 9P */, 0x00c36400 /* Ceph */};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (magic == others[i]) return false;
  return true;
}

/* Two names of one file: nothing happens (rename(2)), and no time is set. */
static bool did_nothing(const struct event *event, const char *from, const char *to) {
  if (event->candidates > 0) return false;
  if (strcmp(from, to) == 0) return true;
  return event->flags & EVENT_TRACED && keeps_times(event->magic);
}

static void tell_rename(const struct event *event) {
  struct place from, to;
  struct stamp moved = {0}, replaced = {0};
  bool exchange = event->value & 2, whiteout = event->value & 4;
  if (!place_of(event, TEXT_BASE, false, &from) || !place_of(event, TEXT_BASE_2, false, &to)) return;
  if (did_nothing(event, from.path, to.path)) return;
  if (!find_named(event, to.path, &moved)) {
    find_standing(event, to.path, &moved);
    if (event->candidates == 0 && stamp_path(from.path, false, &replaced) && same_file(&moved, &replaced)) return;
    memset(&replaced, 0, sizeof replaced);
  }
  if (exchange && !find_named(event, from.path, &replaced)) find_standing(event, from.path, &replaced);
  else if (!exchange) find_lost(event, &moved, &replaced);
  uint32_t kind = exchange ? ROAR_RENAME_EXCHANGE : whiteout ? ROAR_RENAME_WHITEOUT : ROAR_RENAME_PLAIN;
  log_rename(event->pid, kind, &moved, &replaced, text_of(from.path), text_of(to.path));
}

static void tell_link(const struct event *event) {
  struct place from, to;
  struct stamp stamp = {0};
  if (!place_of(event, TEXT_BASE, event->value & AT_SYMLINK_FOLLOW, &from) || !place_of(event, TEXT_BASE_2, false, &to)) return;
  if (!find_named(event, to.path, &stamp) && !find_lost(event, NULL, &stamp)) find_standing(event, to.path, &stamp);
  log_link(event->pid, &stamp, text_of(from.path), text_of(to.path));
}

static void tell_symlink(const struct event *event) {
  struct place to;
  const char *target = event->starts[TEXT_NAME] ? (const char *)event + event->starts[TEXT_NAME] : "";
  if (place_of(event, TEXT_BASE_2, false, &to)) log_symlink(event->pid, text_of(target), text_of(to.path));
}

static void tell_unlink(const struct event *event, const struct place *place) {
  struct stamp stamp = {.links = 1}; /* unknown: it may have others */
  find_lost(event, NULL, &stamp);
  log_unlink(event->pid, &stamp, stamp.links, text_of(place->path));
}

/* Devices, pipes and sockets hold no content. */
static void tell_made(const struct event *event, const struct place *place) {
  struct stamp stamp = {0};
  uint32_t kind = (uint32_t)event->value & S_IFMT;
  if (kind && kind != S_IFREG) return;
  if (!find_lost(event, NULL, &stamp)) find_standing(event, place->path, &stamp);
  log_file(ROAR_RECORD_FILE, event->pid, 0, text_of(place->path), &stamp, ROAR_ACCESS_CREATED);
}

static void tell_cut(const struct event *event) {
  struct place place;
  struct stamp stamp = {0};
  if (!place_of(event, TEXT_BASE, true, &place)) return;
  if (!find_lost(event, NULL, &stamp)) stamp_path(place.path, true, &stamp);
  log_file(ROAR_RECORD_FILE, event->pid, 0, text_of(place.path), &stamp, ROAR_ACCESS_WRITTEN);
}

/* A name is read after the call has used it: another thread may have taken its page away by then. */
static bool is_unread(const struct event *event) { return event->flags & EVENT_UNREAD; }

void tell_name_event(const struct event *event) {
  struct place place;
  if (is_unread(event)) return log_add_lost(1);
  tell_inside(event, TEXT_BASE);
  tell_inside(event, TEXT_BASE_2);
  switch (event->kind) {
    case EVENT_RENAME: return tell_rename(event);
    case EVENT_LINK: return tell_link(event);
    case EVENT_SYMLINK: return tell_symlink(event);
    case EVENT_TRUNCATE: return tell_cut(event);
  }
  if (!place_of(event, TEXT_BASE, false, &place)) return;
  if (event->kind == EVENT_UNLINK) tell_unlink(event, &place);
  else if (event->kind == EVENT_MKDIR) log_mkdir(event->pid, text_of(place.path));
  else if (event->kind == EVENT_MAKE) tell_made(event, &place);
}
