/* An order is a length (u32, native order) and that many bytes of strings, each ended by NUL: cwd, count, words…, count, changes…. Answers are lines. */
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "launcher.h"

static bool read_whole(int fd, void *into, size_t size) {
  for (char *at = into; size > 0;) {
    ssize_t got = read(fd, at, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got;
    size -= (size_t)got;
  }
  return true;
}

/* The next string; NULL behind the last. */
static char *take(char **at, char *end) {
  char *start = *at;
  if (start >= end) return NULL;
  *at = start + strlen(start) + 1;
  return start;
}

static char **take_list(char **at, char *end) {
  char *count = take(at, end);
  long n = count ? strtol(count, NULL, 10) : -1;
  if (n < 0 || n > end - *at) return NULL;
  char **list = calloc((size_t)n + 1, sizeof *list);
  for (long i = 0; list && i < n; i++)
    if (!(list[i] = take(at, end))) break;
  return list;
}

bool order_read(int control, struct order *order) {
  uint32_t size;
  memset(order, 0, sizeof *order);
  if (!read_whole(control, &size, sizeof size) || !(order->bytes = malloc((size_t)size + 1))) return false;
  if (!read_whole(control, order->bytes, size)) return false;
  order->bytes[size] = 0;
  char *at = order->bytes, *end = at + size;
  order->cwd = take(&at, end);
  order->argv = take_list(&at, end);
  order->changes = take_list(&at, end);
  return order_is_farewell(order) || (order->argv && order->changes && order->argv[0]);
}

bool order_is_farewell(const struct order *order) { return !order->cwd; }

void order_free(struct order *order) {
  free(order->argv);
  free(order->changes);
  free(order->bytes);
}

void tell(int control, const char *format, ...) {
  char line[128];
  va_list rest;
  va_start(rest, format);
  int length = vsnprintf(line, sizeof line, format, rest);
  va_end(rest);
  /* A recorder that is gone must not end us by SIGPIPE. */
  if (length > 0) send(control, line, (size_t)length, MSG_NOSIGNAL);
}
