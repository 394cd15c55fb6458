/* Functions of libc's that read and write files of their own (within.c). */
#include <fcntl.h>
#include <locale.h>
#include <nl_types.h>
#include <time.h>

#include "hook.h"

static void told(const char *path) {
  int before = errno_now;
  if (path && live() && !borrowed()) within_read(path);
  errno_now = before;
}

/* Who asks for the time has the zone told at the end; who sets one may set another. */
EXPORT void tzset(void) {
  REAL(tzset, void (*)(void))();
  int before = errno_now;
  if (keeping()) within_zone();
  errno_now = before;
}

/* The system's directories of catalogues are those of every program of the system. */
EXPORT char *bindtextdomain(const char *domain, const char *directory) {
  if (directory && !starts_with(directory, "/usr/") && keeping()) within_catalogue();
  return REAL(bindtextdomain, char *(*)(const char *, const char *))(domain, directory);
}

/* Where the system's locales are replaced by others. */
static void locale_taken(bool taken) {
  int before = errno_now;
  if (taken && keeping() && environ_value("LOCPATH")) within_mapped("/LC_");
  errno_now = before;
}

EXPORT char *setlocale(int category, const char *locale) {
  char *result = REAL(setlocale, char *(*)(int, const char *))(category, locale);
  locale_taken(result && locale);
  return result;
}

EXPORT locale_t newlocale(int mask, const char *locale, locale_t base) {
  locale_t result = REAL(newlocale, locale_t(*)(int, const char *, locale_t))(mask, locale, base);
  locale_taken(result != (locale_t)0);
  return result;
}

/* Without a slash NLSPATH is searched. */
EXPORT nl_catd catopen(const char *name, int flags) {
  nl_catd result = REAL(catopen, nl_catd(*)(const char *, int))(name, flags);
  bool has_path = false;
  for (const char *at = name; at && *at; at++) has_path |= *at == '/';
  if (result != (nl_catd)-1 && has_path) told(name);
  return result;
}

/* Its errors 1 to 4 are of the file of templates: not named, not to be opened, no file, not to be read (getdate(3)). */
EXPORT struct tm *getdate(const char *text) {
  struct tm *result = REAL(getdate, struct tm * (*)(const char *))(text);
  if (result) told(environ_value("DATEMSK"));
  return result;
}

/* A record is put at the end of a file that is there. */
static void put_record(const char *path, const void *record, void (*real)(const char *, const void *)) {
  struct stamp before, now;
  bool known = keeping() && stamp_path(AT_FDCWD, path, 0, &before);
  real(path, record);
  if (!known || !stamp_path(AT_FDCWD, path, 0, &now) || same_version(&now, &before)) return;
  long fd = SYS(SYS_openat, AT_FDCWD, path, O_PATH | O_CLOEXEC, 0);
  if (fd < 0) return;
  fact_file(ROAR_RECORD_SETTLED, (int)fd, &now, ROAR_ACCESS_WRITTEN | ROAR_ACCESS_INFERRED | ROAR_ACCESS_APPENDED);
  SYS(SYS_close, fd);
}

EXPORT void updwtmp(const char *path, const void *record) { put_record(path, record, REAL(updwtmp, void (*)(const char *, const void *))); }
EXPORT void updwtmpx(const char *path, const void *record) { put_record(path, record, REAL(updwtmpx, void (*)(const char *, const void *))); }
