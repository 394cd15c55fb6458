// What every case needs: to say what it does, and to stop when the machine does not let it.
//
// A case states its own trace, before or after doing it, one line a fact, in the file that CASE_EXPECT names:
//
//     expect("R a")              this process reads a            expect("[R n]")    may be reported or not
//     expect_of(child, "R a")    that process does               expect_any("R a")  some process does
//     job("in a")                what the core must make of it; job("none") for nothing
//
// The file is opened, appended to and closed for each line: the descriptor numbers of the case stay its own.
#ifndef CASE_H
#define CASE_H
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static inline void say(const char *line) {
  int fd = open(getenv("CASE_EXPECT"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (fd < 0 || write(fd, line, strlen(line)) < 0) _exit(99);
  close(fd);
}

#define SAY(...)                                        \
  do {                                                  \
    char said_[8192];                                   \
    snprintf(said_, sizeof said_, __VA_ARGS__);         \
    say(said_);                                         \
  } while (0)

static inline void expect_of(pid_t who, const char *fact) { SAY("%d %s\n", (int)who, fact); }
static inline void expect(const char *fact) { expect_of(getpid(), fact); }
static inline void expect_any(const char *fact) { SAY("* %s\n", fact); }
static inline void job(const char *line) { SAY("job %s\n", line); }
// Lives on when the command has ended; nothing of it may reach CASE_EXPECT, which then belongs to the next run.
static inline void still(pid_t who) { SAY("still %d\n", (int)who); }
// How it ended, and who started it, where the case is about that.
static inline void ended_with(pid_t who, int status) { SAY("ended %d %d\n", (int)who, status); }
static inline void born_of(pid_t who, pid_t parent) { SAY("born %d %d\n", (int)who, (int)parent); }
static inline void most(int records, const char *path) { SAY("most %d %s\n", records, path); }

// The result of a call that has to succeed.
static inline long must_(long result, const char *call, int line) {
  if (result >= 0) return result;
  fprintf(stderr, "line %d: %s: %s\n", line, call, strerror(errno));
  _exit(98);
}
#define must(call) must_((long)(call), #call, __LINE__)
#define must_fail(call) must_((long)(call) < 0 ? 0 : (errno = EEXIST, -1), "must fail: " #call, __LINE__)
#define must_be(condition) must_((condition) ? 0 : (errno = EPROTO, -1), #condition, __LINE__)

// The machine cannot run this case; the suite counts it with its reason.
static inline void skip(const char *reason) {
  puts(reason);
  fflush(stdout);
  _exit(77);
}

static inline void reap(pid_t child) {
  int status;
  must(waitpid(child, &status, 0));
  must_be(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

// Another file with the content of the case's library (`library: libcase.so`, `linked: libcase.so`).
static inline void library_copy(const char *name) {
  static char bytes[1 << 20];
  int from = must(open("libcase.so", O_RDONLY)), to = must(open(name, O_WRONLY | O_CREAT, 0755));
  long size = must(read(from, bytes, sizeof bytes));
  must_be(write(to, bytes, size) == size);
  close(from);
  close(to);
}

static char text[64] __attribute__((unused));
#endif
