/* Does with files what a program of macOS would do, through the hooks of the library, and leaves the log. `program LOG`, in a directory of its own. */
#include <stdlib.h>
#include <sys/wait.h>

#include "shim.h"
#define CALL(name, type) ((type)hook_of_our_##name)
#define HOOKS(x) x(open) x(openat) x(close) x(read) x(write) x(pread) x(dup2) x(mmap) x(truncate) x(ftruncate) x(rename) x(renamex_np) x(link) x(symlink) x(unlink) x(unlinkat) x(mkdir) x(rmdir) x(sendfile)
#define DECLARE(name) extern void *const hook_of_our_##name;
HOOKS(DECLARE)

typedef int opens(const char *, int, ...);
typedef int one_name(const char *);
typedef int two_names(const char *, const char *);

static int opened(const char *path, int flags) { return CALL(open, opens *)(path, flags, 0600); }
static void closed(int fd) { CALL(close, int (*)(int))(fd); }
static void reads(int fd) {
  char bytes[4];
  CALL(read, ssize_t (*)(int, void *, size_t))(fd, bytes, sizeof bytes);
}
static void writes(int fd) { CALL(write, ssize_t (*)(int, const void *, size_t))(fd, "x", 1); }

static void files(void) {
  int in = opened("in", O_RDONLY);
  reads(in), reads(in), closed(in);
  closed(opened("unread", O_RDONLY));
  int out = opened("out", O_WRONLY | O_CREAT | O_TRUNC);
  writes(out), writes(out), closed(out);
  closed(opened("cut", O_WRONLY | O_TRUNC));
  int more = opened("more", O_WRONLY | O_APPEND);
  writes(more), closed(more);
  int nothing = opened("missing", O_RDONLY);
  reads(nothing), closed(nothing);
  CALL(truncate, int (*)(const char *, off_t))("sized", 1);
}

static void descriptors(void) {
  int two = opened("two", O_RDONLY);
  CALL(dup2, int (*)(int, int))(two, 50);
  closed(two), reads(50), closed(50);
  int sent = opened("sent", O_RDONLY), pair[2];
  off_t length = 1;
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0)
    CALL(sendfile, int (*)(int, int, off_t, off_t *, struct sf_hdtr *, int))(sent, pair[0], 0, &length, NULL, 0);
  int map = opened("map", O_RDWR);
  CALL(mmap, void *(*)(void *, size_t, int, int, int, off_t))(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, map, 0);
}

static void names(void) {
  CALL(rename, two_names *)("out", "moved");
  CALL(rename, two_names *)("missing", "nowhere");
  CALL(renamex_np, int (*)(const char *, const char *, unsigned))("swap1", "swap2", RENAME_SWAP);
  CALL(link, two_names *)("moved", "linked");
  CALL(symlink, two_names *)("moved", "soft");
  CALL(unlink, one_name *)("linked");
  CALL(mkdir, int (*)(const char *, mode_t))("made", 0700);
  CALL(unlinkat, int (*)(int, const char *, int))(AT_FDCWD, "made", AT_REMOVEDIR);
}

/* What the parent has open, its child reads by itself. */
static void children(void) {
  int both = opened("both", O_RDONLY);
  reads(both);
  pid_t child = fork();
  if (child == 0) {
    pid = (uint32_t)getpid();
    reads(both);
    _exit(0);
  }
  waitpid(child, NULL, 0);
}

int main(int count, char **words) {
  if (count < 2 || !log_open(words[1])) return 1;
  pid = (uint32_t)getpid();
  files(), descriptors(), names(), children();
  return 0;
}
