/*
 * The name of a file of a row without asking the kernel for its path, which takes longer than everything else that is asked about it: a directory out of which one
 * file after another is read is listed once, and its files are found by their numbers. A name counts only where nothing can have changed it:
 * - one link, so there is one name; the directory's own device and mount, so there is one way to it;
 * - the file's ctime, which a rename sets on the file systems that are taken here, is older than the list.
 * The directory's own path is the kernel's when the row ends: it may be moved by whoever is not watched. No row goes on beside a change of a name by the job.
 */
#include <linux/magic.h>
#include <string.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "supervise.h"

#ifndef XFS_SUPER_MAGIC
#define XFS_SUPER_MAGIC 0x58465342
#endif

/* A directory with more names is not listed: a program may read few of them. */
enum { MOST_NAMES = 1024, SLOTS = 4096, NAME_ROOM = 48 << 10, BEFORE_LISTING = 4 };
/* Within a tick of the clock a change leaves the directory's times as they were. */
#define SETTLED NS_PER_S

static struct listing {
  char path[PATH_BYTES]; /* with its last slash */
  size_t length;
  unsigned met;          /* so many files of it, one after another, before it is listed */
  bool tried, listed;
  int held; /* the directory, as long as a row has names of it; 0: none has */
  struct stamp stamp;
  uint64_t mount, at;
  unsigned count;
  size_t used;
  struct { uint64_t number; uint32_t name; bool twice; } names[MOST_NAMES];
  uint16_t slots[SLOTS]; /* one more than the place in `names` */
  char text[NAME_ROOM];
} listing;

static uint64_t now_of_files(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME_COARSE, &now);
  return (uint64_t)now.tv_sec * NS_PER_S + (uint64_t)now.tv_nsec;
}

static uint16_t *slot_of(uint64_t number) {
  unsigned at = (unsigned)((number * 0x9e3779b97f4a7c15ull) >> 52) % SLOTS;
  while (listing.slots[at] && listing.names[listing.slots[at] - 1].number != number) at = (at + 1) % SLOTS;
  return &listing.slots[at];
}

/* A number that comes twice (two links, or layers of a file system) names nothing. */
static bool add(uint64_t number, const char *name) {
  uint16_t *slot = slot_of(number);
  size_t length = strlen(name) + 1;
  if (*slot) return listing.names[*slot - 1].twice = true;
  if (listing.count == MOST_NAMES || listing.used + length > NAME_ROOM) return false;
  memcpy(listing.text + listing.used, name, length);
  listing.names[listing.count].number = number;
  listing.names[listing.count].twice = false;
  listing.names[listing.count].name = (uint32_t)listing.used;
  listing.used += length;
  *slot = (uint16_t)++listing.count;
  return true;
}

/* False where it is too long, too. */
static bool read_names(int directory) {
  struct entry { uint64_t number; int64_t offset; uint16_t size; uint8_t type; char name[]; };
  static char buffer[32 << 10] __attribute__((aligned(8)));
  long got;
  while ((got = syscall(SYS_getdents64, directory, buffer, sizeof buffer)) > 0)
    for (long at = 0; at < got;) {
      const struct entry *entry = (const void *)(buffer + at);
      if (!add(entry->number, entry->name)) return false;
      at += entry->size;
    }
  return got == 0;
}

/* Where a directory tells the numbers that its files have, and a rename sets their ctime. */
static bool is_plain(const char *path) {
  struct statfs about;
  if (statfs(path, &about) < 0) return false;
  switch ((uint64_t)about.f_type) {
    case EXT4_SUPER_MAGIC: case XFS_SUPER_MAGIC: case BTRFS_SUPER_MAGIC: case TMPFS_MAGIC: return true;
    default: return false;
  }
}

static void list(void) {
  listing.tried = true;
  listing.at = now_of_files();
  if (!is_plain(listing.path)) return;
  /* Our reading is nobody's: it leaves no time of access, or does not happen. */
  int directory = open(listing.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOATIME);
  if (directory < 0) return;
  memset(listing.slots, 0, sizeof listing.slots);
  listing.count = 0;
  listing.used = 0;
  listing.listed = stamp_mount(directory, "", &listing.stamp, &listing.mount) && listing.mount && listing.stamp.ctime_ns + SETTLED < listing.at && read_names(directory);
  close(directory);
}

/* Another directory is another list. */
void listing_meets(const char *path) {
  const char *slash = strrchr(path, '/');
  size_t length = slash ? (size_t)(slash - path) + 1 : 0;
  if (length != listing.length || memcmp(path, listing.path, length) != 0) {
    memcpy(listing.path, path, length);
    listing.path[length] = 0;
    listing.length = length;
    listing.met = 0;
    listing.tried = listing.listed = false;
  }
  if (++listing.met == BEFORE_LISTING && length && !listing.tried) list();
}

static bool hold(void) {
  struct stamp now;
  uint64_t mount;
  listing.held = open(listing.path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  listing.listed = listing.held > 0 && stamp_mount(listing.held, "", &now, &mount) && mount == listing.mount && same_file(&now, &listing.stamp) &&
                   now.mtime_ns == listing.stamp.mtime_ns && now.ctime_ns == listing.stamp.ctime_ns;
  if (listing.listed) return true;
  listing.length = 0;
  listing_let_go();
  return false;
}

const char *listing_names(const struct stamp *file, uint64_t mount) {
  if (!listing.listed || file->links != 1 || file->dev != listing.stamp.dev || mount != listing.mount || file->ctime_ns + SETTLED >= listing.at) return NULL;
  uint16_t slot = *slot_of(file->ino);
  if (!slot || listing.names[slot - 1].twice || changes_under_way() || (!listing.held && !hold())) return NULL;
  return listing.text + listing.names[slot - 1].name;
}

/* One that was removed meanwhile goes by the name that it had. */
void listing_path(char *into) {
  struct stamp now;
  size_t length = stamp_fd(listing.held, &now) && now.links ? path_of_fd(listing.held, into, PATH_BYTES - 257) : 0;
  if (!length) strcpy(into, listing.path);
  else if (into[length - 1] != '/') strcpy(into + length, "/");
}

void listing_let_go(void) {
  if (listing.held > 0) close(listing.held);
  listing.held = 0;
}
