/*
 * Our two variables: hidden from the program before its main, put back for each child.
 *
 *   LD_PRELOAD=<the user's own value>:<this library>     ROAR_TRACE_LOG=<path>     ROAR_TRACE_SKIP=<n>
 *
 * The user's own libraries come first, as they would alone. `skip` counts leading bytes of LD_PRELOAD that are not the user's either (a sanitizer's
 * runtime, which insists on being first).
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/uio.h>

#include "roar.h"

extern char **environ;

static const char preload_name[] = "LD_PRELOAD=";
static const char log_name[] = "ROAR_TRACE_LOG=";
static const char skip_name[] = "ROAR_TRACE_SKIP=";

HOT struct injection injection = {"", "", ""};

/* Room for each word at its longest, and for the first two once more: they are claimed again behind a library that came before libc. One page is touched. */
static char kept[5 * PATH_BYTES];
HOT static char *kept_end = kept;

const char *injection_keep(const char *text) {
  char *at = kept_end;
  if (at + 1 >= kept + sizeof kept) return "";
  kept_end = append_text(at, at + PATH_BYTES < kept + sizeof kept ? at + PATH_BYTES : kept + sizeof kept, text) + 1;
  return at;
}

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
  injection.library = injection_keep(last);
  if (last == value || (size_t)(last - value) <= skip) return drop(at);
  last[-1] = 0;
  if (skip)
    for (char *to = value; (*to = to[skip]); to++) __asm__ volatile("" ::: "memory");
}

/* A library that is initialised before libc itself opens files while `environ` is not set: the kernel's copy tells our words. */
static void claim_words(const char *at, const char *end) {
  for (; at < end; at += text_length(at) + 1) {
    if (starts_with(at, log_name)) injection.log = injection_keep(at + sizeof log_name - 1);
    if (!starts_with(at, preload_name)) continue;
    const char *last = at + text_length(at);
    while (last > at && last[-1] != ':' && last[-1] != '=') last--;
    injection.library = injection_keep(last);
  }
}

#define MOST_ENVIRONMENT (256ul << 10)

static bool claim_early(void) {
  long map = SYS(SYS_mmap, 0, MOST_ENVIRONMENT, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (map < 0 && map > -4096) return false;
  long fd = SYS(SYS_openat, AT_FDCWD, "/proc/self/environ", O_RDONLY | O_CLOEXEC, 0);
  size_t used = 0;
  for (long got; fd >= 0 && used < MOST_ENVIRONMENT - 1 && (got = SYS(SYS_read, fd, map + (long)used, MOST_ENVIRONMENT - 1 - used)) > 0;) used += (size_t)got;
  if (fd >= 0) SYS(SYS_close, fd);
  claim_words((const char *)map, (const char *)map + used);
  SYS(SYS_munmap, map, MOST_ENVIRONMENT);
  return injection.library[0] == '/' && injection.log[0] == '/';
}

bool environ_claim(void) {
  if (!environ) return claim_early();
  char **log = find(environ, log_name), **preload = find(environ, preload_name), **skip = find(environ, skip_name);
  if (!log || !preload) return false;
  injection.log = injection_keep(*log + sizeof log_name - 1);
  size_t skipped = skip ? number_at(*skip + sizeof skip_name - 1) : 0;
  restore_preload(preload, skipped);
  if ((log = find(environ, log_name))) drop(log);
  if ((skip = find(environ, skip_name))) drop(skip);
  return injection.library[0] == '/';
}

/* A bad pointer must give the program EFAULT from the kernel, not a crash in here. In a pid namespace the kernel knows us by the number inside. */
bool environ_readable(char *const *envp) {
  char *first;
  struct iovec local = {&first, sizeof first}, remote = {(void *)(uintptr_t)envp, sizeof first};
  return SYS(SYS_process_vm_readv, SYS(SYS_getpid, 0), &local, 1, &remote, 1, 0) == (long)sizeof first;
}

size_t environ_count(char *const *envp) {
  size_t n = 0;
  while (envp && envp[n] && n < 1000000) n++;
  return n;
}

static bool is_ours(const char *word) { return starts_with(word, log_name) || starts_with(word, preload_name) || starts_with(word, skip_name); }

static const char *preload_of(char *const *envp) {
  for (; envp && *envp; envp++)
    if (starts_with(*envp, preload_name)) return *envp + sizeof preload_name - 1;
  return "";
}

size_t environ_words(char *const *envp, const char *runtime) {
  size_t names = sizeof preload_name + sizeof log_name + sizeof skip_name;
  return names + text_length(runtime) + text_length(preload_of(envp)) + text_length(injection.library) + text_length(injection.log) + 32;
}

void environ_inject(char *const *envp, char **into, char *words, size_t size, const char *runtime) {
  const char *theirs = preload_of(envp), *end = words + size;
  size_t n = 0, skip = text_length(runtime) ? text_length(runtime) + 1 : 0;
  for (size_t i = 0; envp && envp[i]; i++)
    if (!is_ours(envp[i])) into[n++] = envp[i];
  into[n++] = words;
  char *at = append_text(words, end, preload_name);
  if (skip) at = append_text(append_text(at, end, runtime), end, ":");
  if (*theirs) at = append_text(append_text(at, end, theirs), end, ":");
  at = append_text(at, end, injection.library) + 1;
  into[n++] = at;
  at = append_text(append_text(at, end, log_name), end, injection.log) + 1;
  if (skip) {
    into[n++] = at;
    append_number(append_text(at, end, skip_name), end, skip);
  }
  into[n] = NULL;
}

/* libc's own spawn reads `environ`, which no argument of ours reaches: for the time of the call it is another array. */
HOT static char **lent, **own;
HOT static size_t lent_size;
HOT static volatile int lending;

static bool make_room(size_t needed) {
  if (needed <= lent_size) return true;
  needed = (needed + 8191) & ~4095ul;
  long map = SYS(SYS_mmap, 0, needed, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (map < 0 && map > -4096) return false;
  if (lent) SYS(SYS_munmap, lent, lent_size);
  lent = (char **)map;
  lent_size = needed;
  return true;
}

void environ_lend(void) {
  if (__atomic_fetch_add(&lending, 1, __ATOMIC_ACQ_REL)) return;
  own = NULL;
  size_t places = (environ_count(environ) + 5) * sizeof(char *), words = environ_words(environ, "");
  if (!make_room(places + words)) return;
  own = environ;
  environ_inject(own, lent, (char *)lent + places, words, "");
  environ = lent;
}

static bool is_lent(const char *word) { return word >= (char *)lent && word < (char *)lent + lent_size; }

/* A setenv of another thread may have made a third array meanwhile: then only our words are taken out of it. */
void environ_take_back(void) {
  if (__atomic_sub_fetch(&lending, 1, __ATOMIC_ACQ_REL) || !own) return;
  if (environ == lent) {
    environ = own;
    return;
  }
  for (char **at = environ; at && *at;)
    if (is_lent(*at)) drop(at);
    else at++;
}
