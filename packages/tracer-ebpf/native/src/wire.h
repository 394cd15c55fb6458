/* What a run's follower and roard say to each other: one packet each way, on a SOCK_SEQPACKET socket. A connection is a run; its end is the run's. */
#ifndef ROAR_WIRE_H
#define ROAR_WIRE_H
#include <stdint.h>

#define WIRE_MAGIC 0x64726172u
#define WIRE_VERSION 1u
#define SYSTEM_SOCKET "/run/roar/roard.sock"

/* A run for this connection, once; its counts; whether the daemon is there at all; events that found the ring full. */
enum wire_ask { ASK_OPEN = 1, ASK_COUNTS = 2, ASK_STATE = 3, ASK_KEPT = 4 };
/* The last two are no answers, but what has become of one. */
enum wire_answer { ANSWER_OK = 0, ANSWER_FULL = 1, ANSWER_REFUSED = 2, ANSWER_FAILED = 3, ANSWER_NONE = 100, ANSWER_LATE = 101 };

/* The byte that a daemon writes to --ready-fd. */
enum wire_start { STARTS_READY = 'k', STARTS_ANOTHER = 'b' };

struct wire_request {
  uint32_t magic, version, ask, reserved;
  uint64_t first, behind; /* ASK_KEPT: numbers of events; else 0 */
};

/* The answer to ASK_KEPT is events one behind another, without a head; an empty one says that none of these is kept. */
enum { MOST_KEPT_AT_ONCE = 32, KEPT_ANSWER_BYTES = 65536 };

/* To all but ASK_KEPT; what was not asked for is 0. With ANSWER_OK to ASK_OPEN the run's ring comes along, as a descriptor. */
struct wire_reply {
  uint32_t magic, version, answer;
  uint32_t slot;      /* ASK_OPEN: the run's, and what its first process joins by; the secret is told to nobody else */
  uint64_t secret[2];
  uint64_t seen, sent, repeated, kept, dropped; /* ASK_COUNTS: events, as struct counts has them (event.h), of all processors */
  uint64_t next;                                /* the number that the run's next event will have */
  uint32_t live;                                /* its processes */
  uint32_t ring_bytes;                          /* ASK_OPEN */
  uint32_t runs, pid;                           /* always: connections, and the daemon's process */
};
#endif
