/*
 * The environment as the user's shell gave it. A shell that runs a script makes its own: dash drops what it cannot name (bash's exported functions,
 * `a.b`), bash counts SHLVL, both sort. bin/roar is such a script, so it asks us, as `roar-launcher --environment PID`, for what the kernel still has
 * of its start, and hands that to the launcher: in variables, since arguments can be seen by every user.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "launcher.h"

#define COUNT "ROAR_ENVIRON="
#define ENTRY "ROAR_ENVIRON_"

/* A program's words and variables have an upper bound together, so what is large goes once: the shell has it by its name. */
enum { LARGE = 1 << 16, MANY = 1 << 19 };

static char *bytes_of(FILE *file, size_t *length) {
  char *bytes = NULL;
  size_t room = 0, got;
  *length = 0;
  do {
    if (*length == room) bytes = realloc(bytes, room = room ? room * 2 : 1 << 16);
    if (!bytes) return NULL;
    *length += got = fread(bytes + *length, 1, room - *length, file);
  } while (got > 0);
  return bytes;
}

static bool shell_can_name(const char *entry, size_t length) {
  if (length == 0 || isdigit((unsigned char)*entry)) return false;
  for (size_t at = 0; at < length; at++)
    if (!isalnum((unsigned char)entry[at]) && entry[at] != '_') return false;
  return true;
}

static void say_quoted(const char *text) {
  for (; *text; text++) {
    if (*text == '\'')
      fputs("'\\''", stdout);
    else
      putchar(*text);
  }
}

static void say_entry(int number, const char *entry, size_t before) {
  size_t name = strcspn(entry, "=");
  size_t length = strlen(entry);
  printf("export " ENTRY "%d='", number);
  if ((length > LARGE || before + length > MANY) && shell_can_name(entry, name))
    printf("-%.*s", (int)name, entry);
  else {
    putchar('+');
    say_quoted(entry);
  }
  fputs("'\n", stdout);
}

int environment_say(const char *pid) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%s/environ", pid);
  FILE *file = fopen(path, "re");
  if (!file) return 1;
  size_t length, at = 0;
  char *bytes = bytes_of(file, &length);
  if (!bytes || ferror(file)) return 1;
  int number = 0;
  for (; at < length && memchr(bytes + at, 0, length - at); at += strlen(bytes + at) + 1) say_entry(number++, bytes + at, at);
  printf("export " COUNT "%d\n", number);
  return 0;
}

/* The variable of that name as the shell hands it on, with its name. */
static char *found(const char *name) {
  size_t length = strlen(name);
  for (char **entry = environ; *entry; entry++)
    if (!strncmp(*entry, name, length) && (*entry)[length] == '=') return *entry;
  return NULL;
}

void environment_take(void) {
  char *said = getenv("ROAR_ENVIRON"), *end;
  long count = said ? strtol(said, &end, 10) : -1;
  if (count < 0 || count > MANY || *end) return;
  char **entries = calloc(count + 1, sizeof *entries);
  if (!entries) return;
  for (char **entry = environ; *entry; entry++) {
    if (strncmp(*entry, ENTRY, strlen(ENTRY))) continue;
    long number = strtol(*entry + strlen(ENTRY), &end, 10);
    if (number < 0 || number >= count || *end != '=') continue;
    entries[number] = end[1] == '+' ? end + 2 : found(end + 2);
  }
  int kept = 0;
  for (long number = 0; number < count; number++)
    if (entries[number]) entries[kept++] = entries[number];
  entries[kept] = NULL;
  environ = entries;
}
