/* The terminal's modes. Node resets them at its end to what it found at its start, which may undo what the command was run for (`stty -echo`). */
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include "launcher.h"

static struct termios modes;
static int terminal = -1;

void terminal_save(void) {
  for (int fd = 0; fd <= 2; fd++)
    if (tcgetattr(fd, &modes) == 0) {
      terminal = fd;
      return;
    }
}

/* From the background it would stop us, were SIGTTOU not blocked. */
void terminal_restore(void) {
  sigset_t output;
  if (terminal < 0) return;
  sigemptyset(&output);
  sigaddset(&output, SIGTTOU);
  sigprocmask(SIG_BLOCK, &output, NULL);
  tcsetattr(terminal, TCSANOW, &modes);
}
