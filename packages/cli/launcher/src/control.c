/*
 * An order is a length (u32, native order) and that many bytes of strings, each ended by NUL: cwd, count, words…, how many of our own last words follow
 * them, count, changes…. One word alone says that the record is made, none that all is done. Words that the user typed are not sent but counted:
 * Node decodes its arguments as UTF-8 and cannot give back other bytes. Answers are lines.
 */
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

struct strings {
  char *at, *end;
};

/* The next string; NULL behind the last. */
static char *take(struct strings *from) {
  char *start = from->at;
  if (start >= from->end) return NULL;
  from->at = start + strlen(start) + 1;
  return start;
}

/* -1: not a number that could be true. */
static long take_count(struct strings *from, long most) {
  char *word = take(from);
  long count = word ? strtol(word, NULL, 10) : -1;
  return count > most ? -1 : count;
}

/* With room for `more` behind them, and NULL at the end. */
static char **take_list(struct strings *from, size_t more, long *count) {
  *count = take_count(from, from->end - from->at);
  if (*count < 0) return NULL;
  char **list = calloc((size_t)*count + more + 1, sizeof *list);
  for (long i = 0; list && i < *count; i++)
    if (!(list[i] = take(from))) *count = i;
  return list;
}

static bool take_all(struct strings *from, char *const *own, int own_count, struct order *order) {
  long count, changes;
  order->cwd = take(from);
  if (order_is_farewell(order) || from->at >= from->end) return true;
  order->argv = take_list(from, (size_t)own_count, &count);
  long kept = take_count(from, own_count);
  order->changes = take_list(from, 0, &changes);
  if (!order->argv || kept < 0 || !order->changes) return false;
  memcpy(order->argv + count, own + own_count - kept, (size_t)kept * sizeof *own);
  return order->argv[0] != NULL;
}

bool order_read(int control, char *const *own, int own_count, struct order *order) {
  uint32_t size;
  memset(order, 0, sizeof *order);
  if (!read_whole(control, &size, sizeof size) || !(order->bytes = malloc((size_t)size + 1))) return false;
  if (!read_whole(control, order->bytes, size)) return false;
  order->bytes[size] = 0;
  struct strings from = {order->bytes, order->bytes + size};
  return take_all(&from, own, own_count, order);
}

bool order_is_farewell(const struct order *order) { return !order->cwd; }

bool order_is_notice(const struct order *order) { return order->cwd && !order->argv; }

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
  /* A recorder that is gone must not end us by SIGPIPE, nor one that does not listen hold us up. */
  if (length > 0) send(control, line, (size_t)length, MSG_NOSIGNAL | MSG_DONTWAIT);
}
