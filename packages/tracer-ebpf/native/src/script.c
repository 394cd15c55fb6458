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

void tell_script(const struct event *event, const struct stamp *program, const char *cwd, const char *root) {
  char place[PATH_BYTES + PATH_MAX], real[PATH_MAX], word[300];
  struct stamp stamp;
  snprintf(word, sizeof word, "%s", "");
  const char *name = event->starts[TEXT_NAME] ? (const char *)event + event->starts[TEXT_NAME] : "";
  for (int depth = 0; depth < 5 && *name; depth++) {
    snprintf(place, sizeof place, "%s%s%s", *name == '/' ? "" : cwd, *name == '/' ? "" : "/", name);
    if (!real_path_in(*name == '/' ? root : "/", place, real) || !stamp_path(real, false, &stamp) || same_file(&stamp, program) || !S_ISREG(stamp.mode)) return;
    if (!interpreter_of(real, word, sizeof word)) return;
    log_file(ROAR_RECORD_FILE, event->pid, 0, text_of(real), &stamp, ROAR_ACCESS_READ | ROAR_ACCESS_EXECUTED);
    name = word;
  }
}
