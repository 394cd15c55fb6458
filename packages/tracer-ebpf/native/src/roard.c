/* `roard`: keeps the programs in the kernel loaded, and opens and closes runs for whoever connects. It reads no events and touches no file of a user. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "clients.h"
#include "enable.h"
#include "listener.h"
#include "preflight.h"
#include "program.h"
#include "wire.h"

static volatile sig_atomic_t ending;
static void end(int signal) { (void)signal, ending = 1; }

struct options { const char *socket; int idle_s, ready_fd; int (*instead)(void); };

static bool parse(int argc, char **argv, struct options *options) {
  for (int i = 1; i < argc; i++) {
    bool more = i + 1 < argc;
    if (!strcmp(argv[i], "--check")) options->instead = preflight;
    else if (!strcmp(argv[i], "--enable")) options->instead = enable;
    else if (!strcmp(argv[i], "--disable")) options->instead = disable;
    else if (!strcmp(argv[i], "--socket") && more) options->socket = argv[++i];
    else if (!strcmp(argv[i], "--idle") && more) options->idle_s = atoi(argv[++i]);
    else if (!strcmp(argv[i], "--ready-fd") && more) options->ready_fd = atoi(argv[++i]);
    else return false;
  }
  return true;
}

/* Whoever started it waits for this byte, or for the end of the pipe. */
static void tell_starter(int fd, char what) {
  int why = errno;
  if (fd < 0) return;
  if (write(fd, &what, 1) < 0) errno = why;
  close(fd);
}

/* What takes time comes behind the lock: of several that start at once one does it. */
static int no_socket(const struct options *options) {
  if (errno == EWOULDBLOCK) tell_starter(options->ready_fd, STARTS_ANOTHER);
  fprintf(stderr, "roard: no socket at %s: %s\n", listener_path(options->socket), strerror(errno));
  return 1;
}

static void serve(int listener, int idle_s) {
  time_t since = time(NULL);
  while (!ending) {
    clients_step(listener, 1000);
    if (clients_count() > 0) since = time(NULL);
    else if (idle_s > 0 && time(NULL) - since >= idle_s) break;
  }
}

int main(int argc, char **argv) {
  struct options options = {.idle_s = 60, .ready_fd = -1};
  const char *what = NULL;
  if (!parse(argc, argv, &options)) {
    fprintf(stderr, "usage: roard [--socket PATH] [--idle SECONDS] [--ready-fd N]\n       roard --check | --enable | --disable\n");
    return 2;
  }
  if (options.instead) return options.instead();
  struct rlimit unlimited = {RLIM_INFINITY, RLIM_INFINITY};
  setrlimit(RLIMIT_MEMLOCK, &unlimited); /* counts the tables before Linux 5.11 */
  signal(SIGPIPE, SIG_IGN);
  signal(SIGTERM, end);
  signal(SIGINT, end);
  if (!listener_reserve(options.socket)) return no_socket(&options);
  if (!program_load(&what)) {
    fprintf(stderr, "roard: the kernel does not %s the programs: %s\n", what, strerror(errno));
    return 1;
  }
  int listener = listener_open(options.socket);
  if (listener < 0) return no_socket(&options);
  clients_begin();
  tell_starter(options.ready_fd, STARTS_READY);
  serve(listener, options.idle_s);
  listener_remove();
  return 0;
}
