// title: walking a tree is no access to content
#include "case.h"
#include <fts.h>
#include <ftw.h>
#include <glob.h>

static int visit(const char *path, const struct stat *stat, int type, struct FTW *place) { return 0; }

int main(void) {
  glob_t found;
  char *roots[] = {"d", NULL};
  must(nftw("d", visit, 8, FTW_PHYS));
  FTS *walk = fts_open(roots, FTS_PHYSICAL, NULL);
  must_be(walk);
  while (fts_read(walk)) continue;
  fts_close(walk);
  must_be(glob("d/*", 0, NULL, &found) == 0 && found.gl_pathc == 1);
  job("none");
}
