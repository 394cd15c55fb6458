/* Services that do a program's work in processes of their own: what they read and write for it is no part of the tree, and nobody here sees it. */
#include <sys/socket.h>
#include <sys/un.h>

#include "hook.h"

/* How their sockets' paths end: docker (podman speaks its protocol), containerd, CRI-O, BuildKit, and systemd-run's way to the manager. */
static const char *const doors[] = {"/docker.sock",    "/podman.sock",    "/containerd.sock",   "/crio.sock",
                                    "/buildkitd.sock", "/systemd/private"};

/* The path need not end in a NUL; a slash before it makes a bare name end like any other. */
static bool is_door(const struct sockaddr_un *address, size_t size) {
  char path[sizeof address->sun_path + 2] = "/";
  size_t length = size - offsetof(struct sockaddr_un, sun_path);
  if (length > sizeof address->sun_path) return false;
  copy_bytes(path + 1, address->sun_path, length);
  length = text_length(path);
  for (size_t i = 0; i < sizeof doors / sizeof *doors; i++) {
    size_t wanted = text_length(doors[i]);
    if (length >= wanted && starts_with(path + length - wanted, doors[i])) return true;
  }
  return false;
}

EXPORT int connect(int fd, const struct sockaddr *address, socklen_t size) {
  int result = REAL(connect, int (*)(int, const struct sockaddr *, socklen_t))(fd, address, size);
  if (result != 0 || !live() || size <= sizeof address->sa_family || address->sa_family != AF_UNIX) return result;
  int error = errno_now;
  if (is_door((const struct sockaddr_un *)address, size)) fact_gap("left-the-tree", injection.program);
  errno_now = error;
  return result;
}
