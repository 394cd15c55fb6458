// title: memory that processes share is a file that is made and removed, and no output
#include "case.h"

int main(void) {
  char name[64];
  snprintf(name, sizeof name, "//roar-case-%d", (int)getpid());
  if (access("/dev/shm", W_OK) < 0) skip("/dev/shm cannot be written");
  SAY("root m /dev/shm\n");
  int fd = must(shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600));
  must(ftruncate(fd, 4096));
  char *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  must_be(at != MAP_FAILED);
  *at = 'n';
  must(close(fd));
  must(close(must(shm_open(name + 1, O_RDWR, 0))));
  must(shm_unlink(name + 2));
  must_fail(shm_unlink(name));
  must_fail(shm_unlink("roar/case"));
  must_fail(shm_open("", O_RDWR | O_CREAT, 0600));
  must_be(errno == EINVAL);
  SAY("%d C m/%s\n", (int)getpid(), name + 2);
  SAY("%d W m/%s\n", (int)getpid(), name + 2);
  SAY("%d D m/%s\n", (int)getpid(), name + 2);
  SAY("%d [R m/%s]\n", (int)getpid(), name + 2);
  SAY("job tmp m/%s\n", name + 2);
}
