// title: listing a directory is no access to content
#include "case.h"
#include <dirent.h>

int main(void) {
  DIR *directory = opendir("d");
  must_be(directory);
  while (readdir(directory)) continue;
  closedir(directory);
  job("none");
}
