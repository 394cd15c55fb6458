// title: the older calls by number are seen
// files: k=old
#include "case.h"
#include <sys/sendfile.h>

int main(void) {
  int out = must(open("n", O_WRONLY | O_CREAT, 0644));
  must_be(syscall(SYS_sendfile, out, must(open("a", O_RDONLY)), NULL, 5) == 5);
  must(syscall(SYS_truncate, "b", 2));
  must(syscall(SYS_fallocate, must(open("d/x", O_WRONLY)), 0, 0, 100));
#ifdef SYS_renameat
  must(syscall(SYS_renameat, AT_FDCWD, "k", AT_FDCWD, "m"));
#else
  must(syscall(SYS_renameat2, AT_FDCWD, "k", AT_FDCWD, "m", 0));
#endif
  const char *facts[] = {"R a", "C n", "W n", "W b", "W d/x", "M k>m"};
  const char *lines[] = {"in a", "out n", "out b", "out d/x", "out m", "del k"};
  for (int i = 0; i < 6; i++) expect(facts[i]);
  for (int i = 0; i < 6; i++) job(lines[i]);
#ifdef SYS_open
  int fd = must(syscall(SYS_open, "o", O_WRONLY | O_CREAT, 0644));
  must(write(fd, "new", 3));
  must(syscall(SYS_creat, "p", 0644));
  must(syscall(SYS_link, "o", "q"));
  must(syscall(SYS_rename, "p", "r"));
  must(syscall(SYS_unlink, "o"));
  const char *old_facts[] = {"C o", "W o", "C p", "L o>q", "M p>r", "D o"};
  const char *old_lines[] = {"out q", "tmp o", "out r", "tmp p"};
  for (int i = 0; i < 6; i++) expect(old_facts[i]);
  for (int i = 0; i < 4; i++) job(old_lines[i]);
#endif
}
