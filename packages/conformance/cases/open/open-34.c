// title: inside another root a link begins at that root: what is named through it lies there, too
// owed: E=Y P=H T=Y
// gaps: outside-namespace
// needs: root
// files: d/y=1 d/z=2 d/e/ d/e/i/ d/e/i/q=3 d/tmp/ d/l->/tmp d/dangling->/made
#include "case.h"

/* Outside there is a /tmp as well. */
int main(void) {
  expect("C d/made");
  expect("C d/tmp/n");
  expect("M d/y>d/tmp/y");
  expect("L d/z>d/tmp/z");
  expect("M d/e>d/e2");
  expect("D d/e2/i/q");
  if (chroot("d") < 0 && errno == EPERM) skip("chroot is not permitted here");
  close(must(open("/dangling", O_WRONLY | O_CREAT, 0644)));
  close(must(open("/l/n", O_WRONLY | O_CREAT, 0644)));
  must(rename("/y", "/l/y"));
  must(link("//z", "//l//z"));
  must(rename("/e", "//e2"));
  must(chroot("/e2"));
  must(unlink("//i//q"));
}
