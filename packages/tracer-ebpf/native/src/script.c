/* Scripts: the kernel read their first lines; the program of the process is the interpreter at the end of the chain. */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "follow.h"

/* The word behind "#!"; false: there is none. */
static bool interpreter_of(const char *path, char *into, size_t size) {
  char head[257];
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  ssize_t got = fd < 0 ? -1 : pread(fd, head, sizeof head - 1, 0);
  if (fd >= 0) close(fd);
  if (got < 3 || head[0] != '#' || head[1] != '!') return false;
  head[got] = 0;
  char *word = head + 2 + strspn(head + 2, " \t");
  word[strcspn(word, " \t\n")] = 0;
  snprintf(into, size, "%s", word);
  return *word != 0;
}

/*
 * What was executed by its descriptor has no other name (execveat(2)): the number is the program's, not ours. The interpreter gets the name, so that the descriptor
 * is still there; of one that has ended by now the kernel has told the script (note_script), but not what that one begins with.
 */
static const char *own_name(uint32_t pid, const char *name, char *into, size_t size) {
  int fd, end = 0;
  if (sscanf(name, "/dev/fd/%d%n", &fd, &end) != 1) return name;
  snprintf(into, size, "/proc/%u/fd/%d%s", pid, fd, name + end);
  return into;
}

void tell_script(const struct event *event, const struct stamp *program, const char *cwd, const char *root) {
  char place[PATH_BYTES + PATH_MAX], real[PATH_MAX], word[300];
  struct stamp stamp;
  snprintf(word, sizeof word, "%s", "");
  char by_number[PATH_MAX];
  const char *said = event->starts[TEXT_NAME] ? (const char *)event + event->starts[TEXT_NAME] : "";
  const char *name = own_name(event->pid, said, by_number, sizeof by_number);
  if (name != said) root = "/";
  for (int depth = 0; depth < 5 && *name; depth++) {
    snprintf(place, sizeof place, "%s%s%s", *name == '/' ? "" : cwd, *name == '/' ? "" : "/", name);
    if (!real_path_in(*name == '/' ? root : "/", place, real) || !stamp_path(real, false, &stamp) || same_file(&stamp, program) || !S_ISREG(stamp.mode)) return;
    if (!interpreter_of(real, word, sizeof word)) return;
    log_file(ROAR_RECORD_FILE, event->pid, 0, text_of(real), &stamp, ROAR_ACCESS_READ | ROAR_ACCESS_EXECUTED);
    name = word;
  }
}
