// title: names that libc finds and walks are no content, and what is done with each is seen
#include "case.h"
#include <fts.h>
#include <ftw.h>
#include <glob.h>

static int seen;
static int each(const char *path, const struct stat *found, int kind, struct FTW *where) {
  (void)found, (void)where;
  if (kind == FTW_F && strstr(path, "/x")) {
    int fd = open(path, O_RDONLY);
    seen += read(fd, text, 1) == 1;
    close(fd);
  }
  return 0;
}

int main(void) {
  glob_t names;
  must_be(glob("[ab]", 0, NULL, &names) == 0 && names.gl_pathc == 2);
  must_be(nftw("d", each, 8, FTW_PHYS | FTW_CHDIR) == 0);
  must_be(nftw("d", each, 8, FTW_PHYS) == 0 && seen >= 1);
  expect("R d/x");
  job("in d/x");
}
