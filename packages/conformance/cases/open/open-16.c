// title: inside another root a file keeps its name outside
// owed: E=Y P=H T=Y
// gaps: outside-namespace
// needs: root
#include "case.h"

int main(void) {
  expect("R d/x");
  job("in d/x");
  if (chroot("d") < 0 && errno == EPERM) skip("chroot is not permitted here");
  must(read(must(open("/x", O_RDONLY)), text, 10));
}
