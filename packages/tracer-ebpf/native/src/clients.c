/* Connections: each may open one run, ask for its counts, and nothing else. What it says is never trusted; when it ends, its run does. */
#include "clients.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "program.h"
#include "wire.h"

enum { MOST_CLIENTS = 128, MOST_OF_A_USER = 24, MOST_RUNS_OF_A_USER = 16, PATIENCE_S = 5, MOST_SPARES = 3, QUIET_MS = 15 };

struct client {
  int fd;
  uid_t uid;
  int slot; /* -1: none */
  time_t since;
};

static struct client clients[MOST_CLIENTS];
static int client_count;
static bool taken[MOST_RUNS], stale[MOST_RUNS];
static int next_slot;
static struct { int slot, ring; } spares[MOST_SPARES];
static int spare_count;

int clients_count(void) { return client_count; }

static int count_of(uid_t uid, bool with_run) {
  int count = 0;
  for (int i = 0; i < client_count; i++) count += clients[i].uid == uid && (!with_run || clients[i].slot >= 0);
  return count;
}

/* In turn, so that a number comes again as late as possible. Those that are still to be tidied up are taken when there is no other: a busy daemon never tidies. */
static int free_slot(void) {
  for (int i = 0; i < 2 * MOST_RUNS; i++) {
    int slot = (next_slot + i) % MOST_RUNS;
    if (taken[slot] && (i < MOST_RUNS || !stale[slot])) continue;
    next_slot = slot + 1;
    return slot;
  }
  return -1;
}

/* Making a ring takes longer than everything else that an answer needs: some lie ready. */
static bool prepare(int wanted) {
  if (spare_count >= wanted) return true;
  int slot = free_slot(), ring = slot < 0 ? -1 : program_new_ring();
  if (ring < 0) return false;
  if (!program_prepare((uint32_t)slot, ring)) {
    close(ring);
    return false;
  }
  taken[slot] = true, stale[slot] = false;
  spares[spare_count].slot = slot, spares[spare_count++].ring = ring;
  return prepare(wanted);
}

/*
 * What can wait, when nobody does, a step at a time: a ring takes 4 ms to be made, and 5 to be taken from the kernel's table, which waits for its programs. Whoever
 * asks meanwhile waits for one step. False: nothing is left.
 */
static bool tidy(void) {
  for (int slot = 0; slot < MOST_RUNS; slot++) {
    if (!stale[slot] || spare_count == 0) continue;
    program_drop_ring((uint32_t)slot);
    stale[slot] = taken[slot] = false;
    return true;
  }
  return spare_count < MOST_SPARES && prepare(spare_count + 1);
}

void clients_begin(void) { prepare(1); }

static void drop(int index) {
  struct client *client = &clients[index];
  if (client->slot >= 0) {
    program_close_run((uint32_t)client->slot);
    stale[client->slot] = true;
  }
  close(client->fd);
  *client = clients[--client_count];
}

static bool reply_with(const struct client *client, const struct wire_reply *reply, int ring) {
  struct iovec part = {(void *)reply, sizeof *reply};
  union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr head; } control = {{0}};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  if (ring >= 0) {
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof ring);
    memcpy(CMSG_DATA(head), &ring, sizeof ring);
  }
  return sendmsg(client->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == sizeof *reply;
}

/* The ring goes to the client alone: the daemon keeps no way to it but the kernel's table. */
static bool open_run(struct client *client, struct wire_reply *reply) {
  reply->answer = ANSWER_FULL;
  if (count_of(client->uid, true) >= MOST_RUNS_OF_A_USER || !prepare(1)) return reply_with(client, reply, -1);
  int slot = spares[spare_count - 1].slot, ring = spares[spare_count - 1].ring;
  reply->answer = ANSWER_FAILED;
  if (getrandom(reply->secret, sizeof reply->secret, 0) != sizeof reply->secret || !program_open_run((uint32_t)slot, client->uid, reply->secret))
    return reply_with(client, reply, -1);
  reply->answer = ANSWER_OK;
  reply->slot = (uint32_t)slot;
  reply->ring_bytes = RING_BYTES;
  client->slot = slot;
  spare_count--;
  bool told = reply_with(client, reply, ring);
  close(ring);
  return told;
}

static bool tell_counts(const struct client *client, struct wire_reply *reply) {
  struct counts counts = {0};
  struct run run = {0};
  if (client->slot < 0) reply->answer = ANSWER_REFUSED;
  else if (!program_counts((uint32_t)client->slot, &counts, &run)) reply->answer = ANSWER_FAILED;
  reply->live = run.live, reply->next = run.next;
  reply->seen = counts.seen, reply->sent = counts.sent, reply->repeated = counts.repeated;
  reply->kept = counts.kept, reply->dropped = counts.dropped;
  return reply_with(client, reply, -1);
}

/* Its own run's, and so many at a time that the answer is short. */
static bool give_kept(const struct client *client, const struct wire_request *request) {
  static char answer[KEPT_ANSWER_BYTES];
  size_t used = 0;
  if (client->slot < 0 || request->behind - request->first > MOST_KEPT_AT_ONCE) return false;
  for (uint64_t one = request->first; one < request->behind; one++)
    used += program_take_kept((uint32_t)client->slot, one, answer + used, sizeof answer - used);
  return send(client->fd, answer, used, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)used;
}

/* False: it is dropped. Whatever is not a request of this very form is no client of ours. */
static bool serve(struct client *client) {
  struct wire_request request;
  struct wire_reply reply = {.magic = WIRE_MAGIC, .version = WIRE_VERSION, .runs = (uint32_t)client_count, .pid = (uint32_t)getpid()};
  ssize_t got = recv(client->fd, &request, sizeof request, MSG_DONTWAIT | MSG_TRUNC);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return true;
  if (got != sizeof request || request.magic != WIRE_MAGIC || request.reserved) return false;
  if (request.version != WIRE_VERSION) {
    reply.answer = ANSWER_REFUSED;
    reply_with(client, &reply, -1);
    return false;
  }
  if (request.ask == ASK_KEPT) return give_kept(client, &request);
  if (request.first || request.behind) return false;
  if (request.ask == ASK_OPEN && client->slot < 0) return open_run(client, &reply);
  if (request.ask == ASK_COUNTS) return tell_counts(client, &reply);
  return request.ask == ASK_STATE && reply_with(client, &reply, -1);
}

static bool greet(int listener) {
  struct ucred who;
  socklen_t size = sizeof who;
  int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (fd < 0) return false;
  bool known = getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0;
  if (!known || client_count >= MOST_CLIENTS || count_of(who.uid, false) >= MOST_OF_A_USER) {
    close(fd);
    return true;
  }
  clients[client_count++] = (struct client){.fd = fd, .uid = who.uid, .slot = -1, .since = time(NULL)};
  return true;
}

/* Whoever connects and opens no run holds a place that others may need. */
static void drop_silent(void) {
  for (int i = client_count - 1; i >= 0; i--)
    if (clients[i].slot < 0 && time(NULL) - clients[i].since > PATIENCE_S) drop(i);
}

void clients_step(int listener, int timeout_ms) {
  struct pollfd ready[MOST_CLIENTS + 1] = {{listener, POLLIN, 0}};
  int count = client_count;
  for (int i = 0; i < count; i++) ready[i + 1] = (struct pollfd){clients[i].fd, POLLIN, 0};
  int found = poll(ready, (nfds_t)count + 1, QUIET_MS);
  while (found == 0 && tidy()) found = poll(ready, (nfds_t)count + 1, 0);
  if (found == 0) found = poll(ready, (nfds_t)count + 1, timeout_ms);
  drop_silent();
  if (found <= 0 || count != client_count) return;
  for (int i = count - 1; i >= 0; i--) {
    bool hung = ready[i + 1].revents & (POLLHUP | POLLERR | POLLNVAL) && !(ready[i + 1].revents & POLLIN);
    if (hung || (ready[i + 1].revents & POLLIN && !serve(&clients[i]))) drop(i);
  }
  /* All that wait, or who floods it would keep the others out. */
  for (int i = 0; ready[0].revents & POLLIN && i < MOST_CLIENTS && greet(listener); i++) {}
}
