// title: a descriptor that the kernel's watch on files gives is known by its file
// needs: root
#include "case.h"
#include <sys/fanotify.h>

int main(void) {
  int watch = fanotify_init(FAN_CLASS_NOTIF | FAN_CLOEXEC, O_RDONLY);
  if (watch < 0) skip("files cannot be watched here");
  if (fanotify_mark(watch, FAN_MARK_ADD, FAN_OPEN, AT_FDCWD, "a") < 0) skip("files cannot be watched here");
  close(must(open("a", O_RDONLY)));
  struct fanotify_event_metadata event;
  must(read(watch, &event, sizeof event));
  must_be(read(event.fd, text, 5) > 0);
  expect("R a");
  job("in a");
}
