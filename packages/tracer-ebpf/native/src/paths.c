/* Paths from what the kernel told: components of its own, and names as the program gave them. */
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "follow.h"

/* The kernel keeps 20 bits of minor number, stat(2) has them elsewhere. */
uint64_t user_device(uint32_t device) { return makedev(device >> 20, device & 0xfffff); }

void stamp_of(const struct event *event, struct stamp *stamp) {
  *stamp = (struct stamp){user_device(event->device), event->ino, event->file_size, event->mtime_ns, event->ctime_ns, event->mode, event->links};
}

/* There, stat(2) gives other numbers than the kernel's own structures have: btrfs one device a subvolume, overlayfs those of the layer. */
void stamp_by_path(uint32_t magic, const char *path, struct stamp *stamp) {
  struct stamp there;
  if ((magic != BTRFS && magic != OVERLAY) || !stamp_path(path, false, &there)) return;
  /* Another file may stand there by now. */
  if (there.size != stamp->size && there.mtime_ns != stamp->mtime_ns) return;
  stamp->dev = there.dev;
  stamp->ino = there.ino;
}

static const char *text_at(const struct event *event, enum event_text text) { return (const char *)event + event->starts[text]; }

/* Last component first, each with a slash behind it: turned round. */
static bool turn(const char *components, size_t length, char *into) {
  size_t at = 0;
  if (length + 2 > PATH_BYTES) return false;
  for (size_t end = length; end > 0;) {
    size_t start = end - 1;
    while (start > 0 && components[start - 1] != '/') start--;
    into[at++] = '/';
    memcpy(into + at, components + start, end - 1 - start);
    at += end - 1 - start;
    end = start;
  }
  if (at == 0) into[at++] = '/';
  into[at] = 0;
  return true;
}

static bool is_foreign(const struct event *event, enum event_text text) {
  return event->flags & (text == TEXT_BASE ? EVENT_FOREIGN : EVENT_FOREIGN_2);
}

static bool has_name_outside(const struct event *event, const char *inner, char *into) {
  struct stamp stamp;
  stamp_of(event, &stamp);
  return path_outside(event->device, inner, stamp.ino ? &stamp : NULL, into);
}

/* linux/magic.h: what the kernel says of itself, and where that is everywhere; it is no content that could be missed. */
static const char *kernels_own(uint32_t magic) {
  return magic == 0x9fa0 ? "/proc" : magic == 0x62656572 ? "/sys" : magic == 0x63677270 ? "/sys/fs/cgroup" : NULL;
}

bool base_path(const struct event *event, enum event_text text, char *into) {
  char inner[PATH_BYTES];
  bool foreign = is_foreign(event, text);
  if (!event->starts[text] || !turn(text_at(event, text), event->lengths[text], foreign ? inner : into)) return false;
  if (!foreign) return true;
  const char *own = kernels_own(event->magic);
  if (own) return snprintf(into, PATH_BYTES, "%s%s", own, inner) < PATH_BYTES;
  if (!has_name_outside(event, inner, into)) strcpy(into, inner);
  return true;
}

/* What only exists inside (a tmpfs of its own) is nobody else's file: its path inside the file system may be another one's outside. */
void tell_inside(const struct event *event, enum event_text text) {
  char inner[PATH_BYTES], outside[PATH_BYTES];
  if (!event->starts[text] || !is_foreign(event, text) || kernels_own(event->magic)) return;
  if (!turn(text_at(event, text), event->lengths[text], inner) || has_name_outside(event, inner, outside)) return;
  log_gap(event->pid, 1, "outside-namespace", text_of(inner));
}

/* "a//b/./c" and "a/b/../c" as far as names alone tell. */
static void tidy(char *path) {
  char *to = path;
  for (char *from = path; *from;) {
    from += strspn(from, "/");
    size_t length = strcspn(from, "/");
    if (length == 2 && from[0] == '.' && from[1] == '.') {
      while (to > path && *--to != '/') {}
    } else if (length && !(length == 1 && *from == '.')) {
      *to++ = '/';
      memmove(to, from, length);
      to += length;
    }
    from += length;
  }
  if (to == path) *to++ = '/';
  *to = 0;
}

static bool has_plain_name(const char *name) {
  size_t length = strlen(name);
  return length > 0 && !strchr(name, '/') && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

/* Links begin there, too: outside, "/etc" is another directory. */
bool real_path_in(const char *root, const char *path, char *into) {
  if (strcmp(root, "/") == 0) return realpath(path, into);
  const struct open_how how = {.flags = O_PATH | O_CLOEXEC, .resolve = RESOLVE_IN_ROOT};
  char link[40];
  int top = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC), found = top < 0 ? -1 : (int)syscall(SYS_openat2, top, path, &how, sizeof how);
  snprintf(link, sizeof link, "/proc/self/fd/%d", found);
  ssize_t length = found < 0 ? -1 : readlink(link, into, PATH_MAX - 1);
  if (top >= 0) close(top);
  if (found >= 0) close(found);
  if (length > 0) into[length] = 0;
  return length > 0;
}

/* The directory by the kernel's word, the last component as given; all by the kernel's word where links are to be followed. In: the name in that root, out: outside. */
static bool resolve(const char *root, char *path, bool follow) {
  char parent[PATH_BYTES], real[PATH_MAX];
  size_t length = strlen(path);
  while (length > 1 && path[length - 1] == '/') path[--length] = 0;
  if (follow && real_path_in(root, path, real)) return strcpy(path, real);
  char *slash = strrchr(path, '/');
  if (!slash || strlen(slash + 1) >= NAME_MAX + 1 || !strcmp(slash, "/.") || !strcmp(slash, "/..")) return false;
  snprintf(parent, sizeof parent, "%.*s", (int)(slash - path), path);
  if (!real_path_in(root, *parent ? parent : "/", real)) return false;
  char name[NAME_MAX + 2];
  strcpy(name, slash + 1);
  snprintf(path, PATH_BYTES, "%s/%s", strcmp(real, "/") == 0 ? "" : real, name);
  return true;
}

bool place_of(const struct event *event, enum event_text base, bool follow, struct place *place) {
  char start[PATH_BYTES];
  enum event_text text = base == TEXT_BASE ? TEXT_NAME : TEXT_NAME_2;
  const char *name = event->starts[text] ? text_at(event, text) : "";
  place->lexical = false;
  if (!base_path(event, base, start)) return false;
  if (!*name) return strcpy(place->path, start); /* the descriptor itself (AT_EMPTY_PATH) */
  snprintf(place->path, sizeof place->path, "%s%s%s", strcmp(start, "/") == 0 ? "" : start, *name == '/' ? "" : "/", name);
  if (has_plain_name(name) && !follow) return true;
  /* A new name changes nothing in the directory of the old one. */
  bool is_changed = !follow && !(event->kind == EVENT_LINK && base == TEXT_BASE);
  char given[2 * PATH_BYTES];
  bool rooted = *name == '/' && strcmp(start, "/") != 0;
  strcpy(given, place->path);
  if (rooted) snprintf(place->path, sizeof place->path, "%s", name);
  if (strlen(given) < PATH_BYTES && resolve(rooted ? start : "/", place->path, follow) && (!is_changed || is_in_changed(event, place->path))) return true;
  strcpy(place->path, given);
  tidy(place->path);
  place->lexical = true;
  return true;
}
