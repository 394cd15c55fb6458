/*
 * Our two variables: hidden from the program before its main, put back for each child.
 *
 *   LD_PRELOAD=<the user's own value>:<this library>     ROAR_TRACE_LOG=<path>     ROAR_TRACE_SKIP=<n>
 *
 * The user's own libraries come first, as they would alone. `skip` counts leading bytes of LD_PRELOAD that are not the user's either (a sanitizer's
 * runtime, which insists on being first).
 */
#include <sys/mman.h>
#include <sys/uio.h>

#include "roar.h"

extern char **environ;

static const char preload_name[] = "LD_PRELOAD=";
static const char log_name[] = "ROAR_TRACE_LOG=";
static const char skip_name[] = "ROAR_TRACE_SKIP=";

struct injection injection;

static char **find(char **envp, const char *name) {
  for (; envp && *envp; envp++)
    if (starts_with(*envp, name)) return envp;
  return NULL;
}

static void drop(char **at) {
  for (; *at; at++) at[0] = at[1];
}

static size_t number_at(const char *text) {
  size_t n = 0;
  for (int i = 0; i < 6 && text[i] >= '0' && text[i] <= '9'; i++) n = n * 10 + (size_t)(text[i] - '0');
  return n;
}

/* The variable's own memory is cut in place: the program then reads the user's value, or none. */
static void restore_preload(char **at, size_t skip) {
  char *value = *at + sizeof preload_name - 1;
  char *last = value + text_length(value);
  while (last > value && last[-1] != ':') last--;
  append_text(injection.library, injection.library + sizeof injection.library, last);
  if (last == value || (size_t)(last - value) <= skip) return drop(at);
  last[-1] = 0;
  if (skip)
    for (char *to = value; (*to = to[skip]); to++) __asm__ volatile("" ::: "memory");
}

bool environ_claim(void) {
  char **log = find(environ, log_name), **preload = find(environ, preload_name), **skip = find(environ, skip_name);
  if (!log || !preload) return false;
  append_text(injection.log, injection.log + sizeof injection.log, *log + sizeof log_name - 1);
  size_t skipped = skip ? number_at(*skip + sizeof skip_name - 1) : 0;
  restore_preload(preload, skipped);
  if ((log = find(environ, log_name))) drop(log);
  if ((skip = find(environ, skip_name))) drop(skip);
  return injection.library[0] == '/';
}

/* A bad pointer must give the program EFAULT from the kernel, not a crash in here. */
bool environ_readable(char *const *envp) {
  char *first;
  struct iovec local = {&first, sizeof first}, remote = {(void *)(uintptr_t)envp, sizeof first};
  return SYS(SYS_process_vm_readv, own_pid(), &local, 1, &remote, 1, 0) == (long)sizeof first;
}

size_t environ_count(char *const *envp) {
  size_t n = 0;
  while (envp && envp[n] && n < 1000000) n++;
  return n;
}

static bool is_ours(const char *word) { return starts_with(word, log_name) || starts_with(word, preload_name) || starts_with(word, skip_name); }

/* `into` has room for the count of `envp` and four more. */
char **environ_inject(char *const *envp, char **into, struct child_environment *room, const char *runtime) {
  size_t n = 0;
  const char *theirs = "";
  for (size_t i = 0; envp && envp[i]; i++) {
    if (starts_with(envp[i], preload_name)) theirs = envp[i] + sizeof preload_name - 1;
    if (!is_ours(envp[i])) into[n++] = envp[i];
  }
  const char *end = room->preload + sizeof room->preload;
  if (text_length(theirs) + text_length(injection.library) + text_length(runtime) + 32 > sizeof room->preload) return NULL;
  char *at = append_text(room->preload, end, preload_name);
  size_t skip = text_length(runtime) ? text_length(runtime) + 1 : 0;
  if (skip) at = append_text(append_text(at, end, runtime), end, ":");
  if (*theirs) at = append_text(append_text(at, end, theirs), end, ":");
  append_text(at, end, injection.library);
  into[n++] = room->preload;
  append_text(append_text(room->log, room->log + sizeof room->log, log_name), room->log + sizeof room->log, injection.log);
  into[n++] = room->log;
  if (skip) {
    append_number(append_text(room->skip, room->skip + sizeof room->skip, skip_name), room->skip + sizeof room->skip, skip);
    into[n++] = room->skip;
  }
  into[n] = NULL;
  return into;
}

/* libc's own spawn reads `environ`, which no argument of ours reaches: for the time of the call it is another array. */
static char **lent, **own;
static size_t lent_size;
static volatile int lending;
static struct child_environment lent_words;

void environ_lend(void) {
  if (__atomic_fetch_add(&lending, 1, __ATOMIC_ACQ_REL)) return;
  size_t needed = (environ_count(environ) + 8) * sizeof(char *);
  if (needed > lent_size) {
    long map = SYS(SYS_mmap, 0, needed + 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (map < 0 && map > -4096) return;
    lent = (char **)map;
    lent_size = needed + 4096;
  }
  own = environ;
  if (environ_inject(own, lent, &lent_words, "")) environ = lent;
}

/* A setenv of another thread may have made a third array meanwhile: then only our words are taken out of it. */
void environ_take_back(void) {
  if (__atomic_sub_fetch(&lending, 1, __ATOMIC_ACQ_REL)) return;
  if (environ == lent) {
    environ = own;
    return;
  }
  char **log = find(environ, log_name), **preload = find(environ, preload_name);
  if (log && *log == lent_words.log) drop(log);
  if (preload && *preload == lent_words.preload && (preload = find(environ, preload_name))) drop(preload);
}
