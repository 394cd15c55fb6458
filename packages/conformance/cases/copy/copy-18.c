// title: ranges of blocks that are cloned, moved up and taken out are reads and writes
// files: big=0123456789
#include "case.h"
#include <linux/falloc.h>

int main(void) {
  int fd = must(open("big", O_RDWR));
  must(ftruncate(fd, 16384));
  int refused = fallocate(fd, FALLOC_FL_COLLAPSE_RANGE, 0, 4096) < 0;
  refused &= fallocate(fd, FALLOC_FL_INSERT_RANGE, 0, 4096) < 0;
  refused &= fallocate(fd, FALLOC_FL_ZERO_RANGE, 0, 4096) < 0;
  must_be(refused || lseek(fd, 0, SEEK_END) > 0);
  // Room behind the end changes nothing of the content.
  int other = must(open("a", O_RDWR));
  (void)!fallocate(other, FALLOC_FL_KEEP_SIZE, 8192, 4096);
  expect("W big");
  expect("[W a]");
  job("out big");
  job("[out a]");
}
