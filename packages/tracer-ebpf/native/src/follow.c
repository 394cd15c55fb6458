/* Follows one run: from the ring to the log until its last process has ended, its recorder has, or the daemon has. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "follow.h"

static bool begun, ended, command_ended;
static uint32_t command;
static uint64_t received;

void take(const struct event *event) {
  received++;
  if (event->kind == EVENT_BEGIN) begun = true;
  else if (event->kind == EVENT_END) ended = true;
  else tell(event);
  if (event->kind == EVENT_EXIT && event->pid == command) command_ended = true;
}

void gap_not_seen(const char *why) { log_gap((uint32_t)getpid(), 1, "not-supervised", text_of(why)); }

/* Everything that was told must have come, and everything that was seen must have been told or be known. While processes live on, the figures move. */
static uint64_t missing(const struct wire_reply *counts) {
  uint64_t told = counts->sent + counts->kept, known = told + counts->repeated + counts->dropped, count = counts->dropped;
  if (ended && told > received) count += told - received;
  if (ended && counts->seen > known) count += counts->seen - known;
  return count;
}

/*
 * The end of the last process is told before its own program has counted that it told it; another processor, or a host that took that processor away, can stand between
 * the two for milliseconds. What has fallen out of the ring for good stays missing.
 */
static uint64_t missing_at_rest(int daemon) {
  uint64_t count = 0;
  for (int tries = 0; tries < 20; tries++) {
    struct wire_reply counts = {0};
    if (!daemon_ask(daemon, ASK_COUNTS, &counts, NULL)) break;
    count = missing(&counts);
    if (count <= counts.dropped) break;
    nanosleep(&(struct timespec){0, 1000000}, NULL);
    ring_read(order_add);
    order_close_holes(counts.next);
  }
  return count;
}

/* Told before the recorder hears that the command has ended, too: it may have had enough before the last word comes. */
static void account(int daemon) {
  static uint64_t accounted;
  uint64_t count = missing_at_rest(daemon);
  if (count <= accounted) return;
  log_add_lost(count - accounted);
  accounted = count;
}

/* The recorder closes the log when it has had enough; one that was killed cannot. */
static bool is_wanted(void) { return !log_header()->closed && (kill((pid_t)log_header()->recorder_pid, 0) == 0 || errno == EPERM); }

/* What is missing may be a microsecond away, on another processor: looked for in the ring once more, then with the daemon. */
static size_t read_all(void) {
  size_t count = ring_read(order_add);
  if (!order_waits()) return count;
  nanosleep(&(struct timespec){0, 200000}, NULL);
  count += ring_read(order_add);
  if (order_waits()) order_close_holes(order_first_waiting());
  return count;
}

/* The last events may have found the ring full, the very last one too. */
static void look_for_end(int daemon) {
  struct wire_reply counts = {0};
  if (!daemon_ask(daemon, ASK_COUNTS, &counts, NULL) || counts.live > 0) return;
  ring_read(order_add);
  order_close_holes(counts.next);
  ended = true;
}

/* An empty ring is looked at ever more rarely: its end, and an eighth of it full, wake. */
static int next_wait(int wait, size_t count) {
  if (count > 0) return 20;
  return wait < 5000 ? wait * 2 : 10000;
}

static void follow_until_end(const struct followed *followed) {
  struct pollfd ready[2] = {{followed->ring, POLLIN, 0}, {followed->daemon, POLLIN, 0}};
  int wait = 20;
  while (!ended) {
    size_t count = read_all();
    if (command_ended && !ended) {
      account(followed->daemon);
      mark_caught_up();
    }
    command_ended = false;
    wait = next_wait(wait, count);
    if (ended || !is_wanted()) break;
    int found = poll(ready, 2, wait);
    if (found < 0 && errno != EINTR) break;
    if (found == 0 && wait > 100) look_for_end(followed->daemon);
    if (!ready[1].revents) continue;
    ring_read(order_add);
    if (!ended) log_gap(0, 1, "daemon-died", text_of("roard ended before the programs of the run"));
    return;
  }
  account(followed->daemon);
}

/* The command's process has called by now; `ready` is told whether the kernel has heard it. */
void follow(const struct followed *followed, int ready) {
  char byte;
  if (read(ready, &byte, 1) != 1) return;
  order_begin(followed->daemon);
  command = followed->command;
  ring_read(order_add);
  close(ready);
  if (begun) follow_until_end(followed);
  else gap_not_seen("the kernel did not take the process into the run");
}
