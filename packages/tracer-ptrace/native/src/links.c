/*
 * Symbolic links that the job has made. An open for reading does not stop, so nobody knows by which name a file was reached; but a link that the job has made to it
 * before is a name of it, whichever was used.
 */
#include <stdlib.h>
#include <string.h>

#include "supervise.h"

/* A ring: the oldest is forgotten. An installer makes thousands, and reads nothing by them. */
enum { MOST_LINKS = 256 };
static struct made { uint64_t dev, ino; char *path; } links[MOST_LINKS];
static unsigned next;

void link_made(const char *path) {
  struct stamp led;
  if (!stamp_path(AT_FDCWD, path, 0, &led) || !is_regular(&led)) return;
  struct made *one = &links[next++ % MOST_LINKS];
  free(one->path);
  *one = (struct made){led.dev, led.ino, strdup(path)};
}

/* It may have been taken away since, or lead elsewhere. */
static bool leads_to(const struct made *one, const struct stamp *file) {
  struct stamp named, led;
  return stamp_path(AT_FDCWD, one->path, AT_SYMLINK_NOFOLLOW, &named) && (named.mode & S_IFMT) == S_IFLNK && stamp_path(AT_FDCWD, one->path, 0, &led) && same_file(&led, file);
}

void links_tell(uint32_t pid, const char *path, const struct stamp *file) {
  const unsigned count = next < MOST_LINKS ? next : MOST_LINKS;
  for (unsigned i = 0; i < count; i++)
    if (links[i].ino == file->ino && links[i].dev == file->dev && links[i].path && leads_to(&links[i], file)) log_name(pid, file, text_of(links[i].path), text_of(path));
}
