/* Keeps the listener alive: without one, the kernel answers every traced call with ENOSYS, and no program could start or end any more. */
#include <errno.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "supervise.h"

static void let_go(int listener, uint64_t id) {
  struct seccomp_notif_resp reply = {.id = id, .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE};
  ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &reply);
}

static void let_next_go(int listener) {
  struct seccomp_notif notice;
  memset(&notice, 0, sizeof notice);
  if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &notice) == 0) let_go(listener, notice.id);
}

/*
 * The supervisor may stand still in a file system that a program of the run serves (FUSE), and that program in a call which waits for the supervisor. Then
 * the others' calls go on unseen until it is back.
 */
static void relieve(int listener, const uint64_t *taken) {
  static uint64_t stuck;
  static bool told;
  uint64_t now = __atomic_load_n(&taken[0], __ATOMIC_ACQUIRE), before = stuck;
  stuck = now;
  if (!now || now != before) return;
  for (struct pollfd ready = {listener, POLLIN, 0}; poll(&ready, 1, 100) > 0 && ready.revents & POLLIN;) {
    if (__atomic_load_n(&taken[0], __ATOMIC_ACQUIRE) != now) return;
    if (!told) log_gap(0, 1, "supervisor-late", text_of("a file system did not answer"));
    told = true;
    let_next_go(listener);
  }
}

/* `alive`: a pipe's end that the supervisor holds; `taken`: the calls that it had taken and not answered. */
void guard(int listener, int alive, const uint64_t *taken) {
  struct pollfd end = {alive, POLLIN, 0};
  while (poll(&end, 1, 1000) <= 0 || !end.revents) relieve(listener, taken);
  if (__atomic_load_n(&taken[0], __ATOMIC_ACQUIRE) == ALL_TOLD) return;
  struct pollfd ready = {listener, POLLIN, 0};
  poll(&ready, 1, 0);
  if (ready.revents & POLLHUP && !(ready.revents & POLLIN)) {
    remove_mark();
    return;
  }
  log_gap(0, 1, "supervisor-died", text_of("the supervisor ended before the programs that it watched"));
  for (int i = 0; i < MOST_HELD; i++) {
    uint64_t id = __atomic_load_n(&taken[i], __ATOMIC_ACQUIRE);
    if (id) let_go(listener, id);
  }
  while (poll(&ready, 1, -1) >= 0 || errno == EINTR) {
    if (ready.revents & POLLIN) let_next_go(listener);
    else if (ready.revents) break;
  }
  remove_mark();
}
