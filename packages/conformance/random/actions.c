// Does what its argument says, one small action after another, and prints which of them succeeded. The language is that of src/random/program.ts.
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SLOTS = 6, MOST_WORDS = 512 };

extern char **environ;
static const char *self;
static char *words[MOST_WORDS];
static int count;
static int first_index; // of this image's first word, among all
static const char *program; // its number
static int slots[SLOTS] = {-1, -1, -1, -1, -1, -1};
static int parents[3] = {-1, -1, -1}; // the working directory, and d and e below it

static void run(int from, int to);

/* At once and without a buffer: the process may be killed by its next action. */
static void say(int index, int worked) {
  char line[64];
  int length = snprintf(line, sizeof line, "%s %d%c\n", program, index, worked ? '+' : '-');
  if (write(1, line, (size_t)length) < 0) abort();
}

static int slot_of(const char *word) { return word[0] - '0'; }
static int fd_of(const char *word) { return slots[slot_of(word)]; }

static int flags_of(const char *letters) {
  int flags = O_RDONLY;
  for (; *letters; letters++) {
    if (*letters == 'w') flags = (flags & ~O_ACCMODE) | O_WRONLY;
    if (*letters == 'b') flags = (flags & ~O_ACCMODE) | O_RDWR;
    if (*letters == 'c') flags |= O_CREAT;
    if (*letters == 't') flags |= O_TRUNC;
    if (*letters == 'x') flags |= O_EXCL;
    if (*letters == 'a') flags |= O_APPEND;
  }
  return flags;
}

static int put(int slot, int fd) {
  if (fd < 0) return 0;
  if (slots[slot] >= 0) close(slots[slot]);
  slots[slot] = fd;
  return 1;
}

static int opened(int slot, const char *name, const char *flags) {
  if (slots[slot] >= 0) close(slots[slot]);
  slots[slot] = -1;
  return put(slot, open(name, flags_of(flags), 0644));
}

/* Below an open directory, which stays open, and without following a link: as tar and rm go through trees. */
static int opened_below(int slot, const char *name, const char *flags) {
  const char *base = strchr(name, '/');
  char directory[64] = ".";
  if (base) snprintf(directory, sizeof directory, "%.*s", (int)(base - name), name);
  if (slots[slot] >= 0) close(slots[slot]);
  slots[slot] = -1;
  int *parent = &parents[base ? 1 + (*name == 'e') : 0];
  if (*parent < 0) *parent = open(directory, O_RDONLY | O_DIRECTORY);
  return *parent >= 0 && put(slot, openat(*parent, base ? base + 1 : name, flags_of(flags) | O_NOFOLLOW, 0644));
}

static int closed(int slot) {
  int fd = slots[slot];
  slots[slot] = -1;
  return fd >= 0 && close(fd) == 0;
}

static int mapped(int fd, int protection) {
  struct stat found;
  volatile char seen;
  if (fstat(fd, &found) != 0 || found.st_size == 0) return 0;
  char *map = mmap(NULL, 1, protection, protection & PROT_WRITE ? MAP_SHARED : MAP_PRIVATE, fd, 0);
  if (map == MAP_FAILED) return 0;
  if (protection & PROT_WRITE) map[0] = 'm';
  else seen = map[0], (void)seen;
  return munmap(map, 1) == 0;
}

static int spliced(int from, int to) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return 0;
  ssize_t in = splice(from, NULL, ends[1], NULL, 2, 0), out = in > 0 ? splice(ends[0], NULL, to, NULL, (size_t)in, 0) : 0;
  close(ends[0]);
  close(ends[1]);
  return out > 0;
}

static int buffered(const char *name, const char *mode) {
  FILE *file = fopen(name, mode);
  if (!file) return 0;
  if (*mode == 'r') fgetc(file);
  else fputs("buffered", file);
  return fclose(file) == 0;
}

/* Where a closed FILE leaves the position of what it read ahead is libc's choice: it is put to behind what was taken. */
static int borrowed(int fd, const char *mode) {
  int copy = dup(fd);
  off_t start = lseek(fd, 0, SEEK_CUR);
  int taken = 0;
  FILE *file = copy < 0 ? NULL : fdopen(copy, mode);
  if (!file) {
    close(copy);
    return 0;
  }
  if (*mode == 'r') taken = fgetc(file) != EOF;
  else fputs("borrowed", file);
  int worked = fclose(file) == 0;
  if (*mode == 'r') lseek(fd, start + taken, SEEK_SET);
  return worked;
}

static int updated(const char *name) {
  FILE *file = fopen(name, "r+");
  if (!file) return 0;
  fgetc(file);
  rewind(file);
  fputs("updated", file);
  return fclose(file) == 0;
}

/* As a shell redirects: the child's streams are opened for it, by the C library. */
static int redirected(const char *from, const char *to) {
  posix_spawn_file_actions_t actions;
  char *arguments[] = {"cat", NULL};
  pid_t child;
  int status = 1;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, from, O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, to, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  int refused = posix_spawnp(&child, "cat", &actions, NULL, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (refused || waitpid(child, &status, 0) < 0) return 0;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int read_parts(int fd) {
  char bytes[2];
  struct iovec parts[2] = {{bytes, 1}, {bytes + 1, 1}};
  return readv(fd, parts, 2) >= 0;
}

/* A file without a name, which gets one when it is whole. */
static int named_late(const char *name) {
  char own[32];
  int fd = open(".", O_TMPFILE | O_RDWR, 0644);
  if (fd < 0) return 0;
  snprintf(own, sizeof own, "/proc/self/fd/%d", fd);
  int worked = write(fd, "la", 2) == 2 && linkat(AT_FDCWD, own, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
  close(fd);
  return worked;
}

/* The words of a block: from behind its opening one to its closing one. */
static int end_of(int from) {
  for (int depth = 1; from < count; from++) {
    if (strchr(words[from], '{')) depth++;
    if (words[from][0] == '}' && --depth == 0) return from;
  }
  return count;
}

struct block { int from, to; };
static void *in_thread(void *block) {
  run(((struct block *)block)->from, ((struct block *)block)->to);
  return NULL;
}

static void forked(int from, int to) {
  pid_t child = fork();
  if (child == 0) {
    run(from, to);
    _exit(0);
  }
  waitpid(child, NULL, 0);
}

/* Another program image goes on with the block: it is told which descriptors stand in which slots, and at which word it begins. */
static char **arguments_of(int from, int to) {
  static char text[16384], state[128], first[16];
  static char *arguments[6];
  size_t at = 0;
  text[0] = 0;
  for (int i = from; i < to; i++) at += (size_t)snprintf(text + at, sizeof text - at, "%s ", words[i]);
  snprintf(state, sizeof state, "%d,%d,%d,%d,%d,%d", slots[0], slots[1], slots[2], slots[3], slots[4], slots[5]);
  snprintf(first, sizeof first, "%d", first_index + from);
  arguments[0] = (char *)self, arguments[1] = text, arguments[2] = state, arguments[3] = first, arguments[4] = (char *)program;
  return arguments;
}

static void executed(int from, int to) {
  char **arguments = arguments_of(from, to);
  pid_t child = fork();
  if (child == 0) {
    execve("/proc/self/exe", arguments, environ);
    _exit(127);
  }
  waitpid(child, NULL, 0);
}

static void spawned(int from, int to) {
  pid_t child;
  if (posix_spawn(&child, self, NULL, NULL, arguments_of(from, to), environ) == 0) waitpid(child, NULL, 0);
}

static void block(char kind, int from, int to) {
  struct block inside = {from, to};
  pthread_t thread;
  if (kind == 'f') forked(from, to);
  if (kind == 'e') executed(from, to);
  if (kind == 'v') spawned(from, to);
  if (kind == 'h' && pthread_create(&thread, NULL, in_thread, &inside) == 0) pthread_join(thread, NULL);
}

static int moved_bytes(char kind, int from, int to) {
  if (kind == 'S') return sendfile(to, from, NULL, 2) > 0;
  if (kind == 'C') return copy_file_range(from, NULL, to, NULL, 2, 0) > 0;
  return spliced(from, to);
}

static int on_names(char kind, const char *a, const char *b) {
  if (kind == 'm') return rename(a, b) == 0;
  if (kind == 'X') return syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, 2 /* RENAME_EXCHANGE */) == 0;
  if (kind == 'l') return link(a, b) == 0;
  if (kind == 's') return symlink(a, b) == 0;
  if (kind == 'u') return unlink(a) == 0;
  if (kind == 't') return truncate(a, atoi(b)) == 0;
  if (kind == 'F') return buffered(a, "r");
  if (kind == 'W') return buffered(a, "w");
  if (kind == 'A') return buffered(a, "a");
  if (kind == 'L') return named_late(a);
  if (kind == 'J') return updated(a);
  if (kind == 'Y') return redirected(a, b);
  parents[0] = parents[1] = parents[2] = -1;
  return chdir(a) == 0;
}

static int on_slots(char kind, const char *a, const char *b, const char *c) {
  char bytes[4] = "rand";
  switch (kind) {
    case 'o': return opened(slot_of(a), b, c);
    case 'O': return opened_below(slot_of(a), b, c);
    case 'r': return read(fd_of(a), bytes, 3) >= 0;
    case 'p': return pread(fd_of(a), bytes, 2, 0) >= 0;
    case 'w': return write(fd_of(a), bytes, 2) > 0;
    case 'q': return pwrite(fd_of(a), bytes, 2, 1) > 0;
    case 'c': return closed(slot_of(a));
    case 'd': return put(slot_of(b), dup(fd_of(a)));
    case 'D': return fd_of(a) >= 0 && fd_of(b) >= 0 && dup2(fd_of(a), fd_of(b)) >= 0;
    case 'T': return ftruncate(fd_of(a), atoi(b)) == 0;
    case 'M': return mapped(fd_of(a), PROT_READ);
    case 'G': return borrowed(fd_of(a), "r");
    case 'H': return borrowed(fd_of(a), "w");
    case 'B': return read_parts(fd_of(a));
    case 'E': return syscall(SYS_pwrite64, fd_of(a), bytes, 2, 0) > 0;
    case 'N': return mapped(fd_of(a), PROT_READ | PROT_WRITE);
    default: return moved_bytes(kind, fd_of(a), fd_of(b));
  }
}

static int action(char *word) {
  char kind = *word, *a = word + 1, *b = strchr(a, ','), *c = NULL;
  if (b) *b++ = 0;
  if (b && (c = strchr(b, ','))) *c++ = 0;
  int worked = strchr("mXlsutFWAkLJY", kind) ? on_names(kind, a, b) : on_slots(kind, a, b, c);
  if (b) b[-1] = ',';
  if (c) c[-1] = ',';
  return worked;
}

static void run(int from, int to) {
  for (int i = from; i < to; i++) {
    if (words[i][0] == 'K') kill(getpid(), SIGKILL);
    if (!strchr(words[i], '{')) {
      say(first_index + i, action(words[i]));
      continue;
    }
    int end = end_of(i + 1);
    block(words[i][0], i + 1, end);
    i = end;
  }
}

static void split(char *text) {
  for (char *word = strtok(text, " "); word && count < MOST_WORDS; word = strtok(NULL, " ")) words[count++] = word;
}

static void start(const char *directory, const char *text, const char *number) {
  if (fork() != 0) return;
  if (chdir(directory) != 0) _exit(126);
  execl(self, self, text, "-1,-1,-1,-1,-1,-1", "0", number, (char *)NULL);
  _exit(127);
}

/* Each line of the standard input is a directory and a program. Some run at the same time, each in a directory of its own. */
static int batch(int most) {
  static char line[16384];
  int running = 0;
  while (fgets(line, sizeof line, stdin)) {
    char *blank = strchr(line, ' ');
    line[strcspn(line, "\n")] = 0;
    *blank = 0;
    if (running == most && wait(NULL) > 0) running--;
    start(line, blank + 1, strrchr(line, '/') + 1);
    running++;
  }
  while (wait(NULL) > 0) {
  }
  return 0;
}

int main(int argc, char **argv) {
  static char path[4096];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  if (length <= 0) return 125;
  self = path;
  if (argc < 5) return batch(argc > 1 ? atoi(argv[1]) : 1);
  split(argv[1]);
  sscanf(argv[2], "%d,%d,%d,%d,%d,%d", &slots[0], &slots[1], &slots[2], &slots[3], &slots[4], &slots[5]);
  first_index = atoi(argv[3]);
  program = argv[4];
  run(0, count);
  return 0;
}
