// title: what a user does through sudo is done by the same job, and sudo works
// owed: E=Y P=N T=H
// gaps: set-id
// needs: root
#include "case.h"
#include <sched.h>
#include <sys/mount.h>
#include "privileged.h"

#define RULES "nobody ALL=(root) NOPASSWD: ALL\n"

int main(void) {
  if (access("/usr/bin/sudo", X_OK)) skip("sudo is not installed");
  // Rules of our own, in a view of the disk of our own: the machine keeps its.
  if (unshare(CLONE_NEWNS)) skip("no mount namespace of one's own here");
  must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
  int rules = must(open("rules", O_WRONLY | O_CREAT, 0440));
  must(write(rules, RULES, sizeof RULES - 1));
  close(rules);
  must(mount("rules", "/etc/sudoers", NULL, MS_BIND, NULL));
  must(chmod("a", 0600));
  pid_t child = must(fork());
  if (child == 0) {
    become_nobody();
    must(execl("/usr/bin/sudo", "sudo", "-n", "/bin/cat", "a", NULL));
  }
  reap(child);
  expect("C rules");
  expect("W rules");
  expect_any("[R rules]");
  expect_any("R a");
  job("in a");
  job("out rules");
  job("[int rules]");
}
