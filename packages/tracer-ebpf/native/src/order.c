/*
 * Puts events into the order of their numbers. One that is missing is either on its way (another processor took its number first), or found the ring full:
 * then the daemon keeps it.
 */
#include <stdlib.h>
#include <string.h>

#include "follow.h"

enum { MOST_WAITING = 4096 };

static struct event *waiting[MOST_WAITING]; /* at its number, modulo */
static size_t waiting_count;
static uint64_t next;
static int daemon_fd;

void order_begin(int daemon) { daemon_fd = daemon; }
bool order_waits(void) { return waiting_count > 0; }

uint64_t order_first_waiting(void) {
  uint64_t first = next;
  while (waiting_count > 0 && !(waiting[first % MOST_WAITING] && waiting[first % MOST_WAITING]->sequence == first)) first++;
  return first;
}


static void take_waiting(void) {
  for (struct event **place = &waiting[next % MOST_WAITING]; *place && (*place)->sequence == next; place = &waiting[next % MOST_WAITING]) {
    take(*place);
    free(*place);
    *place = NULL;
    waiting_count--;
    next++;
  }
}

void order_add(const struct event *event) {
  if (event->sequence >= next + MOST_WAITING) order_close_holes(event->sequence - MOST_WAITING + 1);
  if (event->sequence <= next) {
    take(event);
    next += event->sequence == next;
    take_waiting();
    return;
  }
  struct event *copy = malloc(event->size);
  if (!copy) return;
  waiting[event->sequence % MOST_WAITING] = memcpy(copy, event, event->size);
  waiting_count++;
}

/* Of numbers that nobody has the events are lost: counted by the kernel. */
static void fetch(uint64_t behind) {
  static char answer[KEPT_ANSWER_BYTES];
  ssize_t got = daemon_take_kept(daemon_fd, next, behind, answer);
  for (ssize_t at = 0; at + (ssize_t)sizeof(struct event) <= got;) {
    const struct event *event = (const struct event *)(answer + at);
    if (event->size < sizeof *event || at + (ssize_t)event->size > got) break;
    take(event);
    at += event->size;
  }
  next = behind;
}

void order_close_holes(uint64_t behind) {
  while (next < behind) {
    take_waiting();
    uint64_t end = next;
    while (end < behind && end - next < MOST_KEPT_AT_ONCE && !(waiting[end % MOST_WAITING] && waiting[end % MOST_WAITING]->sequence == end)) end++;
    if (end > next) fetch(end);
  }
  take_waiting();
}
