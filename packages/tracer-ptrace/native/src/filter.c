/* The seccomp program: first the architecture, then the number, then what of the arguments lies in registers. */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "roar_supervised.h"
#include "supervise.h"

#ifdef __x86_64__
#define OWN_ARCH AUDIT_ARCH_X86_64
#define NARROW_ARCH AUDIT_ARCH_I386
#else
#define OWN_ARCH AUDIT_ARCH_AARCH64
#define NARROW_ARCH AUDIT_ARCH_ARM
#endif
#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1ul << 5)
#endif
#define FICLONE_NUMBER 0x40049409u
#define FICLONERANGE_NUMBER 0x4020940du
#define FIDEDUPERANGE_NUMBER 0xc0189436u
#define LOADER_MAP 0x0800u /* MAP_DENYWRITE: ignored by the kernel, set by glibc's loader alone */

#define LOW(n) (uint32_t)(16 + 8 * (n)) /* both machines are little-endian */

static uint32_t stop_answer;

struct program {
  struct sock_filter code[1024];
  unsigned short length;
};

static void add(struct program *program, uint16_t code, uint32_t k, uint8_t jt, uint8_t jf) {
  program->code[program->length++] = (struct sock_filter){code, jt, jf, k};
}
#define LOAD(offset) add(p, BPF_LD | BPF_W | BPF_ABS, offset, 0, 0)
#define EQUAL(k, jt, jf) add(p, BPF_JMP | BPF_JEQ | BPF_K, k, jt, jf)
#define ANY_OF(k, jt, jf) add(p, BPF_JMP | BPF_JSET | BPF_K, k, jt, jf)
#define ANSWER(k) add(p, BPF_RET | BPF_K, k, 0, 0)
#define STOP stop_answer
#define PASS SECCOMP_RET_ALLOW

static void writes_or_makes(struct program *p, int argument) {
  LOAD(LOW(argument));
  /* Opened only to read: its truth is seen when it is closed. Saves two stops in three. */
  ANY_OF(O_ACCMODE | O_CREAT | O_TRUNC, 0, 1);
  ANSWER(STOP);
  ANSWER(PASS);
}

/* Most mappings are memory, without a file. */
static void maps_a_file(struct program *p) {
  LOAD(LOW(4));
  EQUAL(0xffffffffu, 3, 0);
  LOAD(LOW(3));
  /* The loader has read the head of what it maps, and closes it: that is told then. */
  ANY_OF(MAP_ANONYMOUS | LOADER_MAP, 1, 0);
  ANSWER(STOP);
  ANSWER(PASS);
}

/*
 * A call leaves the words of the one before it where it has none of its own: mmap(-, -, PROT_READ, MAP_PRIVATE or MAP_SHARED, fd, 0) and then close(fd). The mapping
 * has stopped, and told that the file is read; libc takes each of its dozen locale files so.
 */
static void closes_what_is_mapped(struct program *p) {
  LOAD(LOW(2));
  EQUAL(PROT_READ, 0, 10);
  LOAD(LOW(3));
  EQUAL(MAP_PRIVATE, 1, 0);
  EQUAL(MAP_SHARED, 0, 7);
  LOAD(LOW(5));
  EQUAL(0, 0, 5);
  LOAD(LOW(0));
  add(p, BPF_MISC | BPF_TAX, 0, 0, 0);
  LOAD(LOW(4));
  add(p, BPF_JMP | BPF_JEQ | BPF_X, 0, 0, 1);
  ANSWER(PASS);
  ANSWER(STOP);
}

/*
 * Signals by which programs end each other; those that they talk by pass. A signal that arrives before the supervisor has taken a call interrupts the call, and
 * without SA_RESTART it fails with EINTR: who sends signals all the time must not wait here.
 */
static void ends_somebody(struct program *p, int argument) {
  LOAD(LOW(argument));
  add(p, BPF_JMP | BPF_JGT | BPF_K, SIGTERM, 5, 0);
  EQUAL(0, 4, 0);
  EQUAL(SIGUSR1, 3, 0);
  EQUAL(SIGUSR2, 2, 0);
  EQUAL(SIGALRM, 1, 0);
  ANSWER(STOP);
  ANSWER(PASS);
}

/* Calls that the preload library makes from its page: it has told of them (roar_supervised.h). Nothing here is a wall: whoever jumps there goes unseen. */
static void lets_library_pass(struct program *p) {
  LOAD(8);
  EQUAL((uint32_t)ROAR_STUB_RETURN, 0, 3);
  LOAD(12);
  EQUAL((uint32_t)(ROAR_STUB_RETURN >> 32), 0, 1);
  ANSWER(PASS);
}

/* Both are refused behind a filter with a listener: one of its own, and strict mode (operation 0). */
static void wants_listener(struct program *p) {
  LOAD(LOW(0));
  EQUAL(SECCOMP_SET_MODE_STRICT, 2, 0);
  LOAD(LOW(1));
  ANY_OF(SECCOMP_FILTER_FLAG_NEW_LISTENER, 0, 1);
  ANSWER(STOP);
  ANSWER(PASS);
}

static void goes_strict(struct program *p) {
  LOAD(LOW(0));
  EQUAL(PR_SET_SECCOMP, 0, 3);
  LOAD(LOW(1));
  EQUAL(SECCOMP_MODE_STRICT, 0, 1);
  ANSWER(STOP);
  ANSWER(PASS);
}

/* The rest of a row whose number matched; always ends in an answer. */
static void narrow(struct program *p, enum narrowing narrowing) {
  switch (narrowing) {
    case ALWAYS: ANSWER(STOP); return;
    case NOT_MAPPED: closes_what_is_mapped(p); return;
    case FLAGS_AT_1: writes_or_makes(p, 1); return;
    case FLAGS_AT_2: writes_or_makes(p, 2); return;
    case FLAGS_AT_3: writes_or_makes(p, 3); return;
    case FILE_MAPPING: maps_a_file(p); return;
    case SIGNAL_AT_1: ends_somebody(p, 1); return;
    case SIGNAL_AT_2: ends_somebody(p, 2); return;
    case CLONING_IOCTL:
      LOAD(LOW(1));
      EQUAL(FICLONE_NUMBER, 3, 0);
      EQUAL(FICLONERANGE_NUMBER, 2, 0);
      EQUAL(FIDEDUPERANGE_NUMBER, 1, 0);
      ANSWER(PASS);
      ANSWER(STOP);
      return;
    case NEW_LISTENER: wants_listener(p); return;
    case STRICT_MODE: goes_strict(p); return;
  }
}

/* Numbers mean other calls on another architecture: the same program for both would decode 32-bit calls wrongly. */
static void table(struct program *p, bool native) {
  for (size_t i = 0; i < call_count; i++) {
    int number = native ? call_rows[i].native : call_rows[i].foreign;
    if (number < 0) continue;
    uint16_t at = p->length;
    EQUAL((uint32_t)number, 0, 0);
    if (native && library_inside && call_rows[i].id < CALL_EXECVE) lets_library_pass(p);
    narrow(p, call_rows[i].narrowing);
    p->code[at].jf = (uint8_t)(p->length - at - 1);
    /* The accumulator holds the number again only where nobody loaded an argument: rows that did have answered. */
  }
  ANSWER(PASS);
}

/* The kernel keeps the answer for numbers whose way through here depends on no argument (Linux 5.11): untraced calls cost some 30 ns. */
static void build(struct program *p) {
  LOAD(4);
  EQUAL(OWN_ARCH, 1, 0);
  uint16_t jump = p->length;
  add(p, BPF_JMP | BPF_JA, 0, 0, 0);
  LOAD(0);
  table(p, true);
  p->code[jump].k = (uint32_t)(p->length - jump - 1);
  LOAD(0);
  table(p, false);
}

/*
 * Before Linux 5.16 a filter also turned off speculation past stores, as for a sandbox, and programs ran slower by it (spec_store_bypass_disable=seccomp); ours
 * is no sandbox, and the program keeps what it would have bare.
 */
#define FLAGS SECCOMP_FILTER_FLAG_SPEC_ALLOW

/* Oldest refusals last: killable waiting is of Linux 5.19, a listener of 5.0, answers that continue of 5.5. */
bool without_new_privileges;

int filter_install(enum answerer answerer) {
  static struct program program;
  stop_answer = answerer == LISTENER ? SECCOMP_RET_USER_NOTIF : SECCOMP_RET_TRACE;
  program.length = 0;
  build(&program);
  struct sock_fprog prog = {program.length, program.code};
  unsigned long killable = FLAGS | (answerer == LISTENER ? SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV : 0);
  int listener = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, killable, &prog);
  if (listener < 0 && errno == EACCES && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) {
    without_new_privileges = true;
    listener = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, killable, &prog);
  }
  if (listener < 0 && errno == EINVAL && answerer == LISTENER)
    listener = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, FLAGS | SECCOMP_FILTER_FLAG_NEW_LISTENER, &prog);
  return listener;
}
