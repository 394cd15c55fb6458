/* Core dumps: the kernel writes them itself, by no call; where, is a setting (core(5)). */
#include <stdio.h>
#include <string.h>

#include "follow.h"

static bool setting(const char *name, char *into, size_t size) {
  char path[64];
  snprintf(path, sizeof path, "/proc/sys/kernel/%s", name);
  FILE *file = fopen(path, "re");
  bool got = file && fgets(into, (int)size, file);
  if (file) fclose(file);
  if (got) into[strcspn(into, "\n")] = 0;
  return got;
}

/* Plain names, with the pid at most: what a pattern may say besides, only the kernel can fill in. */
static bool core_name(uint32_t pid, char *into, size_t size) {
  char pattern[128] = "", uses[8] = "";
  if (!setting("core_pattern", pattern, sizeof pattern) || *pattern == '|' || strchr(pattern, '/')) return false;
  char *place = strstr(pattern, "%p");
  if (strchr(pattern, '%') != place || (place && strchr(place + 1, '%'))) return false;
  if (place) return *place = 0, snprintf(into, size, "%s%u%s", pattern, pid, place + 2), true;
  bool suffix = setting("core_uses_pid", uses, sizeof uses) && strcmp(uses, "1") == 0;
  if (suffix) snprintf(into, size, "%s.%u", pattern, pid);
  else snprintf(into, size, "%s", pattern);
  return true;
}

void tell_core(const struct event *event) {
  char cwd[PATH_BYTES], name[160], path[PATH_BYTES + 200];
  struct stamp stamp;
  if (!base_path(event, TEXT_BASE, cwd) || !core_name(event->pid, name, sizeof name)) return;
  snprintf(path, sizeof path, "%s/%s", cwd, name);
  if (!stamp_path(path, false, &stamp) || !S_ISREG(stamp.mode)) return;
  log_file(ROAR_RECORD_FILE, event->pid, 0, text_of(path), &stamp, ROAR_ACCESS_CREATED | ROAR_ACCESS_WRITTEN);
}
