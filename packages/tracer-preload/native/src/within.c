/*
 * Files that libc opens, reads and closes inside functions of its own, through calls that nobody can hook. What such a function has left behind tells that it was there: a
 * time zone's letters, a mapping that stays.
 */
#include <fcntl.h>

#include "roar.h"

extern char **environ;
/* POSIX's: other strings than at the beginning once a zone was asked for. Where a program has a copy of it, this is the copy. */
extern char *tzname[2] __attribute__((weak));

HOT static const char *zone_told, *zone_at_start;
HOT static uint64_t zone_words;
HOT static bool has_catalogue;

const char *environ_value(const char *name) {
  const size_t length = text_length(name);
  for (char **at = environ; at && *at; at++)
    if (starts_with(*at, name) && (*at)[length] == '=') return *at + length + 1;
  return NULL;
}

/* The system's own are told once in a job, by whoever meets them first: the filter remembers. */
void within_read(const char *path) {
  struct stamp stamp;
  if (!stamp_path(AT_FDCWD, path, 0, &stamp) || !is_regular(&stamp)) return;
  bool of_system = starts_with(path, "/usr/") || starts_with(path, "/etc/");
  if (of_system && filter_has(stamp.dev, stamp.ino)) return;
  long fd = SYS(SYS_openat, AT_FDCWD, path, O_PATH | O_CLOEXEC, 0);
  if (fd < 0) return;
  fact_file(ROAR_RECORD_FILE, (int)fd, &stamp, ROAR_ACCESS_READ | ROAR_ACCESS_INFERRED);
  SYS(SYS_close, fd);
}

void within_begin(void) { zone_told = zone_at_start = &tzname ? tzname[0] : NULL; }

static uint64_t hash_of(const char *text) {
  uint64_t key = 1469598103934665603ull; /* FNV-1a */
  for (; *text; text++) key = (key ^ (uint8_t)*text) * 1099511628211ull;
  return key;
}

/* As tzset(3) finds it; a rule ("UTC0") names a file that is not there. */
static void tell_zone(void) {
  const char *zone = environ_value("TZ"), *directory = environ_value("TZDIR");
  struct scratch *scratch = scratch_take();
  if (!scratch) return;
  char *at = scratch->text, *end = at + PATH_BYTES;
  zone_told = tzname[0];
  zone_words = zone ? hash_of(zone) : 0;
  if (zone && *zone == ':') zone++;
  if (zone && *zone != '/') at = append_text(append_text(at, end, directory && *directory ? directory : "/usr/share/zoneinfo"), end, "/");
  append_text(at, end, !zone ? "/etc/localtime" : *zone ? zone : "Universal");
  within_read(scratch->text);
  scratch_give(scratch);
}

/* /proc/self/maps: `start-end r--p offset device inode   /path`. */
static char *mapped_name(char *line) {
  for (char *at = line; *at; at++)
    if (*at == '/') return at;
  return NULL;
}

static bool ends_with(const char *text, const char *end) {
  const size_t length = text_length(text), wanted = text_length(end);
  return length >= wanted && same_text(text + length - wanted, end);
}

static bool has_part(const char *text, const char *part) {
  for (; *text; text++)
    if (starts_with(text, part)) return true;
  return false;
}

/* A forked child has its parent's mappings, and this memory. What has no room is told again. */
static bool is_told(const char *name) {
  static uint64_t told[32];
  const uint64_t key = hash_of(name);
  for (int i = 0; i < 32; i++) {
    if (told[i] == key) return true;
    if (told[i]) continue;
    told[i] = key;
    break;
  }
  return false;
}

/* Catalogues and the files of a locale stay mapped. The kernel names each mapping's file. */
static void tell_line(char *line, const char *part) {
  char *name = mapped_name(line);
  if (name && (part ? has_part(name, part) : ends_with(name, ".mo")) && !is_told(name)) within_read(name);
}

/* Whole lines of what was read; the length of what is left of the last one, which stands at the beginning again. */
static size_t tell_lines(char *text, size_t used, const char *part) {
  char *line = text;
  for (char *at = text; at < text + used; at++) {
    if (*at != '\n') continue;
    *at = 0;
    tell_line(line, part);
    line = at + 1;
  }
  const size_t rest = (size_t)(text + used - line);
  for (size_t i = 0; i < rest; i++) text[i] = line[i];
  return rest;
}

/* `part`: of the names that are meant; NULL: catalogues of messages. */
void within_mapped(const char *part) {
  struct scratch *scratch = scratch_take();
  long fd = scratch ? SYS(SYS_openat, AT_FDCWD, "/proc/self/maps", O_RDONLY | O_CLOEXEC, 0) : -1;
  size_t used = 0;
  for (long got; fd >= 0 && (got = own_read((int)fd, scratch->text + used, PATH_BYTES - used)) > 0;)
    used = tell_lines(scratch->text, used + (size_t)got, part);
  if (fd >= 0) SYS(SYS_close, fd);
  scratch_give(scratch);
}

static bool is_untranslated(const char *locale) { return starts_with(locale, "C.") || same_text(locale, "C") || same_text(locale, "POSIX"); }

/* Which locale it is for is in the environment (gettext(3)); LANGUAGE alone counts with a locale that the program has chosen itself. */
void within_catalogue(void) {
  static const char *const words[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
  const char *locale = NULL;
  for (size_t i = 0; i < sizeof words / sizeof *words && !(locale && *locale); i++) locale = environ_value(words[i]);
  has_catalogue |= environ_value("LANGUAGE") || (locale && *locale && !is_untranslated(locale));
}

/* Two zones can have the same letters. */
void within_zone(void) {
  const char *zone = environ_value("TZ");
  if (!&tzname || tzname[0] == zone_at_start) return;
  if (tzname[0] != zone_told || zone_words != (zone ? hash_of(zone) : 0)) tell_zone();
}

/* Before the first fork, too: what the parent has read is not the child's doing. Before each it would cost a shell a tenth of its forks. */
void within_settle(bool forking) {
  HOT static bool looked;
  if (&tzname && tzname[0] != zone_told) tell_zone();
  if (!has_catalogue || (forking && looked)) return;
  looked = true;
  within_mapped(NULL);
}
