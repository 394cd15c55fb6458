/* Follows one run: from the ring to the log until its last process has ended, its recorder has, or the daemon has. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "follow.h"

static bool begun, ended;
static uint64_t received;

static void take(const struct event *event) {
  received++;
  if (event->kind == EVENT_BEGIN) begun = true;
  else if (event->kind == EVENT_END) ended = true;
  else tell(event);
}

void gap_not_seen(const char *why) { fact_gap((uint32_t)getpid(), 1, "not-supervised", text_of(why)); }

/* Everything that was told must have come, and everything that was seen must have been told or be known. */
static void account(int daemon) {
  struct wire_reply counts = {0};
  if (!daemon_ask(daemon, ASK_COUNTS, &counts, NULL)) return;
  uint64_t lost = counts.dropped;
  if (counts.sent > received) lost += counts.sent - received;
  uint64_t known = counts.sent + counts.repeated + counts.kept + counts.dropped;
  if (counts.seen > known) lost += counts.seen - known;
  if (lost) log_add_lost(lost);
}

/* The recorder closes the log when it has had enough; one that was killed cannot. */
static bool is_wanted(void) { return !log_is_closed() && (kill((pid_t)log_recorder(), 0) == 0 || errno == EPERM); }

/* An empty ring is looked at ever more rarely: its end, and an eighth of it full, wake. */
static int next_wait(int wait, size_t count) {
  if (count > 0) return 20;
  return wait < 5000 ? wait * 2 : 10000;
}

static void follow_until_end(const struct followed *followed) {
  struct pollfd ready[2] = {{followed->ring, POLLIN, 0}, {followed->daemon, POLLIN, 0}};
  int wait = 20;
  while (!ended) {
    wait = next_wait(wait, ring_read(take));
    if (ended || !is_wanted()) break;
    if (poll(ready, 2, wait) < 0 && errno != EINTR) break;
    if (!ready[1].revents) continue;
    ring_read(take);
    if (!ended) fact_gap(0, 1, "daemon-died", text_of("roard ended before the programs of the run"));
    return;
  }
  account(followed->daemon);
}

/* The command's process has called by now; `ready` is told whether the kernel has heard it. */
void follow(const struct followed *followed, int ready) {
  char byte;
  if (read(ready, &byte, 1) != 1) return;
  ring_read(take);
  if (!begun) gap_not_seen("the kernel did not take the process into the run");
  else {
    close(ready);
    follow_until_end(followed);
  }
}
