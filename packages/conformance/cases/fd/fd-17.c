// title: neither the command nor its children ever see a descriptor that is not theirs
#include "case.h"
#include <dirent.h>

/* One bit for each number that is open, but for the one that looks. */
static unsigned long open_numbers(void) {
  unsigned long found = 0;
  DIR *list = opendir("/proc/self/fd");
  if (!list) _exit(97);
  for (struct dirent *one; (one = readdir(list));) {
    int fd = atoi(one->d_name);
    if (one->d_name[0] != '.' && fd != dirfd(list) && fd < 64) found |= 1ul << fd;
  }
  closedir(list);
  return found;
}

int main(int argc, char **argv) {
  unsigned long mine = open_numbers();
  if (argc > 1) {
    printf("after exec %lx\n", mine);
    job("none");
    return 0;
  }
  printf("at first %lx\n", mine);
  pid_t children[100];
  for (int i = 0; i < 100; i++)
    if ((children[i] = must(fork())) == 0) _exit(open_numbers() == mine ? 0 : 1);
  for (int i = 0; i < 100; i++) reap(children[i]);
  printf("after a hundred children %lx\n", open_numbers());
  fflush(stdout);
  must(execl("/proc/self/exe", argv[0], "again", NULL));
}
