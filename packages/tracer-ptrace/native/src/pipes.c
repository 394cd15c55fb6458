/*
 * A pipe that its reader leaves ends whoever writes to it (SIGPIPE), without a call that stops: `cat FILE | head`. What such a program has read and not
 * closed is asked for while it still stands, before the reader's last call goes on. What it opens after that, and reads before its next write, is not seen.
 */
#include <unistd.h>

#include "supervise.h"

static bool is_pipe(const struct stamp *stamp) { return (stamp->mode & S_IFMT) == S_IFIFO; }

/* Filters write to their standard output. */
static bool writes_to(const struct process *process, const struct stamp *pipe) {
  struct stamp output;
  int copy = remote_fd(process, 1);
  if (copy < 0) return false;
  bool same = stamp_fd(copy, &output) && same_file(&output, pipe);
  close(copy);
  return same;
}

/* `copy`: of a descriptor that is about to go. */
void pipe_ending(struct process *process, int copy, const struct stamp *pipe) {
  if (!is_pipe(pipe) || (fcntl(copy, F_GETFL) & O_ACCMODE) == O_WRONLY) return;
  for (struct process *one = process_first(); one; one = one->next)
    if (one != process && !one->ended && writes_to(one, pipe)) settle_meanwhile(one);
}

/* Of a process that ends, the pipe that filters read: their standard input. */
void pipes_ending(struct process *process) {
  struct stamp input;
  int copy = remote_fd(process, 0);
  if (copy < 0) return;
  if (stamp_fd(copy, &input)) pipe_ending(process, copy, &input);
  close(copy);
}
