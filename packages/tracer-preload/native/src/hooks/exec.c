/* Starting programs: the environment is repaired for each, and what this library cannot enter is announced before it runs. */
#include <alloca.h>
#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include "hook.h"

#define SYS_FACCESSAT2 439 /* of all machines; older headers have no name for it */

extern char **environ;

/* One of the ways to start; `call` does it with the environment it is given. */
struct start {
  int (*call)(const struct start *start, char *const *envp);
  int dirfd;
  const char *path; /* as the call takes it */
  const char *found; /* as the kernel will open it */
  bool sure;         /* no place of PATH before that one has anything that could be executed */
  char *const *argv;
  int flags;
  pid_t *pid;
  const posix_spawn_file_actions_t *actions;
  const posix_spawnattr_t *attributes;
};

void actions_before(const posix_spawn_file_actions_t *actions);
void actions_after(const posix_spawn_file_actions_t *actions, pid_t child); /* 0: none was started */

static bool can_be_entered(const char *gap) { return !gap || same_text(gap, "static-binary"); }

/*
 * `ldconfig -p`, which Python's ctypes.util.find_library starts and half of all machine learning with it, is static (Debian's itself, Ubuntu's behind a script). It lists
 * the loader's cache, a file of the system's: nothing that could be missed.
 */
static bool lists_libraries(const char *name, char *const *argv) {
  static const char *const places[] = {"/sbin/ldconfig", "/usr/sbin/ldconfig", "/sbin/ldconfig.real", "/usr/sbin/ldconfig.real"};
  if (!argv || !argv[0] || !argv[1] || argv[2] || !same_text(argv[1], "-p")) return false;
  for (unsigned i = 0; i < sizeof places / sizeof *places; i++)
    if (same_text(name, places[i])) return true;
  return false;
}

/* The kernel reads the program, whatever becomes of what it does: who cannot be entered cannot tell it. */
static void announce_program(const struct start *start) {
  struct stamp stamp;
  long fd = *start->found ? SYS(SYS_openat, start->dirfd, start->found, O_PATH | O_CLOEXEC, 0) : -1;
  if (fd < 0) return;
  if (stamp_fd((int)fd, &stamp) && is_regular(&stamp)) fact_file(ROAR_RECORD_FILE, (int)fd, &stamp, ROAR_ACCESS_READ | ROAR_ACCESS_EXECUTED);
  SYS(SYS_close, fd);
}

static const char *full_name(const struct start *start, struct scratch *scratch) {
  uint32_t flags = 0;
  size_t length = scratch && *start->found ? path_of_name(start->dirfd, start->found, scratch->text, &flags) : 0;
  return length ? scratch->text : start->found;
}

static void announce(const struct start *start, const char *gap) {
  if (supervised) return;
  announce_program(start);
  struct scratch *scratch = scratch_take();
  const char *name = full_name(start, scratch);
  fact_unseen(gap, name, start->argv);
  if (!same_text(gap, "static-binary") || !lists_libraries(name, start->argv)) fact_gap(gap, name);
  scratch_give(scratch);
}

/* If the library gets in after all, it tells who that is. */
static void announce_opaque(const struct start *start) {
  if (supervised) return;
  announce_program(start);
  struct scratch *scratch = scratch_take();
  fact_gap("opaque-program", full_name(start, scratch));
  scratch_give(scratch);
}

/* A supervisor looks at the last word: the log's, or how to read LD_PRELOAD, where the library will be there to tell of the program. */
static void mark_unentered(char **envp) {
  size_t count = environ_count(envp);
  char *last = envp[count - 1];
  envp[count - 1] = envp[count - 2];
  envp[count - 2] = last;
}

static int started(const struct start *start, char *const *envp) {
  int before = errno_now, result;
  do result = start->call(start, envp);
  while (broken_off(result, before));
  return result;
}

/* The words of the new environment live on the caller's stack: a vfork child must not map memory into its parent. */
static int start_with(const struct start *start, char *const *envp) {
  struct target_verdict verdict;
  int before = errno_now;
  if (!live() || (envp && !environ_readable(envp))) return started(start, envp);
  target_inspect(start->dirfd, start->found, start->flags, &verdict);
  if (verdict.gap) announce(start, verdict.gap);
  else if (verdict.opaque) announce_opaque(start);
  if (borrowed()) {
    if (start->pid) introduce_borrowed();
    else note_child(own_pid());
  } else {
    image_objects();
    settle_all();
  }
  errno_now = before;
  if (!can_be_entered(verdict.gap)) return started(start, envp);
  size_t size = environ_words(envp, verdict.runtime);
  char **with = alloca((environ_count(envp) + 5) * sizeof(char *));
  environ_inject(envp, with, alloca(size), size, verdict.runtime);
  if (verdict.gap) mark_unentered(with);
  actions_before(start->actions);
  int result = started(start, with);
  if (start->pid && result == 0) note_child(*start->pid);
  if (start->actions) actions_after(start->actions, result == 0 ? *start->pid : 0);
  /* The kernel counts our words too: a program at the very limit of its arguments is started without them. */
  bool too_big = result == E2BIG || (result == -1 && errno_now == E2BIG);
  if (!too_big) return result;
  return started(start, envp);
}

static int call_execve(const struct start *start, char *const *envp) {
  return REAL(execve, int (*)(const char *, char *const *, char *const *))(start->path, start->argv, envp);
}

EXPORT int execve(const char *path, char *const argv[], char *const envp[]) {
  struct start start = {.call = call_execve, .dirfd = AT_FDCWD, .path = path, .found = path, .argv = argv};
  return start_with(&start, envp);
}

EXPORT int execv(const char *path, char *const argv[]) { return execve(path, argv, environ); }

static int call_fexecve(const struct start *start, char *const *envp) {
  return REAL(fexecve, int (*)(int, char *const *, char *const *))(start->dirfd, start->argv, envp);
}

EXPORT int fexecve(int fd, char *const argv[], char *const envp[]) {
  struct start start = {.call = call_fexecve, .dirfd = fd, .path = "", .found = "", .argv = argv, .flags = AT_EMPTY_PATH};
  return start_with(&start, envp);
}

static int call_execveat(const struct start *start, char *const *envp) {
  int (*real)(int, const char *, char *const *, char *const *, int) = REAL(execveat, int (*)(int, const char *, char *const *, char *const *, int));
  if (real) return real(start->dirfd, start->path, start->argv, envp, start->flags);
  long result = SYS(SYS_execveat, start->dirfd, start->path, start->argv, envp, start->flags);
  errno_now = (int)-result;
  return -1;
}

EXPORT int execveat(int dirfd, const char *path, char *const argv[], char *const envp[], int flags) {
  struct start start = {.call = call_execveat, .dirfd = dirfd, .path = path, .found = path, .argv = argv, .flags = flags};
  return start_with(&start, envp);
}

static const char default_path[] = "/usr/local/bin:/bin:/usr/bin";

static const char *search_path(char *const *envp) {
  for (; envp && *envp; envp++)
    if (starts_with(*envp, "PATH=")) return *envp + 5;
  return default_path;
}

/* By the rights that exec will have (Linux 5.8). Where there is no such call, or a sandbox refuses what it does not know, by the real ones, which is a guess. */
static bool is_executable(const char *path, bool *sure) {
  const int execute_ok = 1, by_effective = 0x200 /* AT_EACCESS */, no_such_file = -2, no_right = -13, no_directory = -20;
  long answer = SYS(SYS_FACCESSAT2, AT_FDCWD, path, execute_ok, by_effective);
  if (answer == 0) return true;
  if (answer == no_such_file || answer == no_right || answer == no_directory) return false;
  *sure = false;
  return SYS(SYS_faccessat, AT_FDCWD, path, execute_ok) == 0;
}

/* As execvp does it: the first that may be executed. */
static const char *found_in_path(const char *name, char *into, bool *sure) {
  const char *at = search_path(environ), *end = into + PATH_BYTES;
  *sure = at != default_path;
  for (const char *c = name; *c; c++)
    if (*c == '/') return *sure = false, name;
  while (*name) {
    char *to = into;
    for (; *at && *at != ':' && to + 2 < end; at++) *to++ = *at;
    /* A place that is too long for us is not for libc. */
    if ((*at && *at != ':') || to + text_length(name) + 2 >= end) *sure = false;
    if (to > into) *to++ = '/';
    append_text(to, end, name);
    if (is_executable(into, sure)) return into;
    if (!*at++) break;
  }
  *sure = false;
  return name;
}

static int start_searched(struct start *start, const char *file, char *const *envp) {
  struct scratch *scratch = live() ? scratch_take() : NULL;
  start->path = file;
  start->found = scratch ? found_in_path(file, scratch->text, &start->sure) : file;
  int result = start_with(start, envp);
  scratch_give(scratch);
  return result;
}

/*
 * Each place of PATH that has no such program costs a stop where a supervisor is around us: it is not asked for what is known not to be there. What fails is tried as
 * libc does it, with its rules and its errors.
 */
static int call_execvpe(const struct start *start, char *const *envp) {
  int (*direct)(const char *, char *const *, char *const *) = REAL(execve, int (*)(const char *, char *const *, char *const *));
  int before = errno_now;
  if (supervised && start->sure && direct) direct(start->found, start->argv, envp);
  errno_now = before;
  return REAL(execvpe, int (*)(const char *, char *const *, char *const *))(start->path, start->argv, envp);
}

EXPORT int execvpe(const char *file, char *const argv[], char *const envp[]) {
  struct start start = {.call = call_execvpe, .dirfd = AT_FDCWD, .argv = argv};
  return start_searched(&start, file, envp);
}

EXPORT int execvp(const char *file, char *const argv[]) { return execvpe(file, argv, environ); }

/* The variadic forms: count, then gather. The environment of execle stands behind the last word. */
#define EXECL(name, run, with_environment)                                \
  EXPORT int name(const char *path, const char *first, ...) {             \
    va_list rest;                                                         \
    size_t count = 0;                                                     \
    va_start(rest, first);                                                \
    for (const char *word = first; word; word = va_arg(rest, const char *)) count++; \
    va_end(rest);                                                         \
    char **argv = alloca((count + 1) * sizeof(char *));                   \
    va_start(rest, first);                                                \
    argv[0] = (char *)(uintptr_t)first;                                   \
    for (size_t i = 1; i <= count; i++) argv[i] = va_arg(rest, char *);   \
    char **envp = with_environment ? va_arg(rest, char **) : environ;     \
    va_end(rest);                                                         \
    return run(path, argv, envp);                                         \
  }
EXECL(execl, execve, false)
EXECL(execle, execve, true)
EXECL(execlp, execvpe, false)

typedef int spawn_type(pid_t *, const char *, const posix_spawn_file_actions_t *, const posix_spawnattr_t *, char *const *, char *const *);

static int call_spawn(const struct start *start, char *const *envp) {
  return REAL(posix_spawn, spawn_type *)(start->pid, start->path, start->actions, start->attributes, start->argv, envp);
}

static int call_spawnp(const struct start *start, char *const *envp) {
  return REAL(posix_spawnp, spawn_type *)(start->pid, start->path, start->actions, start->attributes, start->argv, envp);
}

static pid_t ignored_child;

EXPORT int posix_spawn(pid_t *restrict pid, const char *restrict path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *restrict attributes,
                       char *const argv[restrict], char *const envp[restrict]) {
  struct start start = {call_spawn, AT_FDCWD, path, path, false, argv, 0, pid ? pid : &ignored_child, actions, attributes};
  had_children = true;
  return start_with(&start, envp ? envp : environ);
}

EXPORT int posix_spawnp(pid_t *restrict pid, const char *restrict file, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *restrict attributes,
                        char *const argv[restrict], char *const envp[restrict]) {
  struct start start = {call_spawnp, AT_FDCWD, file, file, false, argv, 0, pid ? pid : &ignored_child, actions, attributes};
  had_children = true;
  return start_searched(&start, file, envp ? envp : environ);
}
