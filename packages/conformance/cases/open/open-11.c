// title: a file opened by handle is known by its path
// needs: root
#include "case.h"

int main(void) {
  char room[sizeof(struct file_handle) + MAX_HANDLE_SZ];
  struct file_handle *handle = (struct file_handle *)room;
  int mount;
  handle->handle_bytes = MAX_HANDLE_SZ;
  if (name_to_handle_at(AT_FDCWD, "b", handle, &mount, 0) < 0) skip("this file system gives no handles");
  int base = must(open(".", O_RDONLY | O_DIRECTORY));
  int fd = open_by_handle_at(base, handle, O_RDONLY);
  if (fd < 0 && errno == EPERM) skip("needs the capability to search past permissions");
  must(read(must(fd), text, 10));
  expect("R b");
  job("in b");
}
