/* One process, from its start to its end. */
#include <crt_externs.h>
#include <libproc.h>
#include <mach-o/dyld.h>
#include <string.h>
#include <unistd.h>

#include "darwin.h"

static volatile bool alive;
static uint32_t pid, images_told;
static volatile bool ended;

bool live(void) { return alive && !log_closed(); }
uint32_t own_pid(void) { return pid; }

/* What lies there is the system's own; most of it is one file, the shared cache, and no longer a file by itself. */
static bool is_system(const char *path) { return strncmp(path, "/usr/lib/", 9) == 0 || strncmp(path, "/System/", 8) == 0; }

/* dyld maps libraries before anybody could see it, and afterwards by calls of its own: it is asked. Ours is none of the program's. */
void image_objects(void) {
  struct stamp stamp;
  uint32_t count = _dyld_image_count();
  for (uint32_t i = images_told; i < count; i++) {
    const char *name = _dyld_get_image_name(i);
    if (!name || *name != '/' || is_system(name) || strstr(name, "/libroar-preload.dylib")) continue;
    char path[PATH_BYTES];
    int fd = open(name, O_EVTONLY | O_CLOEXEC);
    if (fd < 0) continue;
    if (stamp_fd(fd, &stamp) && path_of_fd(fd, path)) fact_file_at(path, &stamp, ROAR_ACCESS_READ | ROAR_ACCESS_MAPPED);
    close(fd);
  }
  images_told = count;
}

static void announce(void) {
  char executable[PROC_PIDPATHINFO_MAXSIZE] = "", cwd[PATH_BYTES] = "";
  struct stamp stamp = {0};
  if (proc_pidpath((int)pid, executable, sizeof executable) <= 0) return;
  stamp_path(AT_FDCWD, executable, 0, &stamp);
  if (!getcwd(cwd, sizeof cwd)) *cwd = 0;
  fact_exec(&stamp, executable, cwd, *_NSGetArgv());
  fact_file_at(executable, &stamp, ROAR_ACCESS_READ | ROAR_ACCESS_EXECUTED);
  /* The kernel read it for its first line; our words name it, since argv need not. */
  const char *script = environ_script();
  if (*script && stamp_path(AT_FDCWD, script, 0, &stamp)) fact_file_at(script, &stamp, ROAR_ACCESS_READ | ROAR_ACCESS_EXECUTED);
  image_objects();
}

__attribute__((constructor)) static void begin(void) {
  int before = errno;
  pid = (uint32_t)getpid();
  if (environ_claim() && log_open(environ_log()) && !log_closed()) {
    alive = true;
    announce();
  }
  errno = before;
}

/* In the child. */
void process_forked(void) {
  uint32_t parent = pid;
  pid = (uint32_t)getpid();
  ended = false;
  if (live()) log_fork(pid, parent, 0);
}

/* libc's exit ends in _exit, too: its streams are flushed by then, by calls that were seen. */
void process_ends(int status) {
  if (!live() || ended) return;
  ended = true;
  image_objects();
  fact_exit(status);
}
