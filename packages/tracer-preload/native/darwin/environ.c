/*
 * Our variables: hidden from the program before its main, put back for each child.
 *
 *   DYLD_INSERT_LIBRARIES=<the user's own value>:<this library>     ROAR_TRACE_LOG=<path>     ROAR_TRACE_SCRIPT=<path>
 */
#include <crt_externs.h>
#include <string.h>

#include "darwin.h"

static const char variable_insert[] = "DYLD_INSERT_LIBRARIES=";
static const char variable_log[] = "ROAR_TRACE_LOG=";
static const char variable_script[] = "ROAR_TRACE_SCRIPT=";

static char library[PATH_BYTES], log_path[PATH_BYTES], script[PATH_BYTES];

const char *environ_log(void) { return log_path; }
const char *environ_script(void) { return script; }

static bool begins(const char *word, const char *name) { return strncmp(word, name, strlen(name)) == 0; }
static bool is_ours(const char *word) { return begins(word, variable_insert) || begins(word, variable_log) || begins(word, variable_script); }

static char *value_of(char *const *envp, const char *name) {
  for (; envp && *envp; envp++)
    if (begins(*envp, name)) return *envp + strlen(name);
  return NULL;
}

static void drop(char **envp, const char *name) {
  char **to = envp;
  for (; *envp; envp++)
    if (!begins(*envp, name)) *to++ = *envp;
  *to = NULL;
}

static bool keep(char into[PATH_BYTES], const char *text) { return text && strlcpy(into, text, PATH_BYTES) < PATH_BYTES && *into == '/'; }

/* Ours is the last of the list; the program then reads the user's value, or none. */
bool environ_claim(void) {
  char **envp = *_NSGetEnviron();
  char *list = value_of(envp, variable_insert), *last = list ? strrchr(list, ':') : NULL;
  if (!list || !keep(library, last ? last + 1 : list) || !keep(log_path, value_of(envp, variable_log))) return false;
  if (!keep(script, value_of(envp, variable_script))) *script = 0;
  if (last) *last = 0;
  else drop(envp, variable_insert);
  drop(envp, variable_log);
  drop(envp, variable_script);
  return true;
}

size_t environ_count(char *const *envp) {
  size_t count = 0;
  while (envp && envp[count] && count < 1000000) count++;
  return count;
}

/* Room for three words, beside three more places in the list. */
size_t environ_bytes(char *const *envp, const char *runs) {
  const char *theirs = value_of(envp, variable_insert);
  size_t names = sizeof variable_insert + sizeof variable_log + sizeof variable_script;
  return names + (theirs ? strlen(theirs) : 0) + strlen(library) + strlen(log_path) + strlen(runs) + 8;
}

static char *put(char *at, const char *end, const char *text) {
  size_t length = strlcpy(at, text, (size_t)(end - at));
  return at + length;
}

void environ_inject(char *const *envp, char **into, char *words, size_t size, const char *runs) {
  const char *theirs = value_of(envp, variable_insert), *end = words + size;
  size_t count = 0;
  for (size_t i = 0; envp && envp[i]; i++)
    if (!is_ours(envp[i])) into[count++] = envp[i];
  into[count++] = words;
  words = put(words, end, variable_insert);
  if (theirs && *theirs) words = put(put(words, end, theirs), end, ":");
  words = put(words, end, library) + 1;
  into[count++] = words;
  words = put(put(words, end, variable_log), end, log_path) + 1;
  if (*runs) {
    into[count++] = words;
    put(put(words, end, variable_script), end, runs);
  }
  into[count] = NULL;
}
