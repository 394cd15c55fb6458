// title: a hard link made from a descriptor has a source
#include "case.h"

int main(void) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%ld", must(open("a", O_RDONLY)));
  must(linkat(AT_FDCWD, link, AT_FDCWD, "h", AT_SYMLINK_FOLLOW));
  expect("L a>h");
  job("name h>a");
}
