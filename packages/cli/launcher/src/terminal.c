/* The terminal's modes. Node resets them at its end to what it found at its start, which may undo what the command was run for (`stty -echo`). */
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include "launcher.h"

static struct termios modes;
static int terminal = -1;
static bool let_write;

static int find(struct termios *found) {
  for (int fd = 0; fd <= 2; fd++)
    if (tcgetattr(fd, found) == 0) return fd;
  return -1;
}

/* From the background it would stop us, were SIGTTOU not blocked. */
static void set(int fd, const struct termios *wanted) {
  sigset_t output;
  sigemptyset(&output);
  sigaddset(&output, SIGTTOU);
  sigprocmask(SIG_BLOCK, &output, NULL);
  tcsetattr(fd, TCSANOW, wanted);
}

void terminal_save(void) {
  terminal = find(&modes);
  if (let_write) modes.c_lflag |= TOSTOP;
}

void terminal_restore(void) {
  if (terminal >= 0) set(terminal, &modes);
}

/* The recorder writes some lines at most; until the job's end anybody may. */
bool terminal_let_write(void) {
  struct termios now;
  int fd = find(&now);
  if (fd < 0) return true;
  if (tcgetpgrp(fd) != getpgrp()) return false;
  if (now.c_lflag & TOSTOP) let_write = true;
  now.c_lflag &= ~(tcflag_t)TOSTOP;
  set(fd, &now);
  return true;
}
