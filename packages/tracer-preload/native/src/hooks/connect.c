/*
 * Sockets. Who gets a descriptor by a message writes through it without being a child of ours.
 *
 * Services that do a program's work in processes of their own: what they read and write for it is no part of the tree, and nobody here sees it.
 */
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

/* Behind a call that has succeeded: the message can be read then. What its file is found to be changed by at the end may be another's doing from now on. */
static void lent_by(const struct msghdr *message) {
  const char *at = message->msg_control, *end = at + message->msg_controllen;
  for (int i = 0; at && i < 16 && (size_t)(end - at) >= sizeof(struct cmsghdr); i++) {
    const struct cmsghdr *control = (const struct cmsghdr *)(const void *)at;
    if (control->cmsg_len < sizeof *control || control->cmsg_len > (size_t)(end - at)) return;
    if (control->cmsg_level == SOL_SOCKET && control->cmsg_type == SCM_RIGHTS) had_children = true;
    const size_t step = CMSG_ALIGN(control->cmsg_len);
    if (step > (size_t)(end - at)) return;
    at += step;
  }
}

EXPORT ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  ssize_t sent = REAL(sendmsg, ssize_t(*)(int, const struct msghdr *, int))(fd, message, flags);
  if (sent >= 0 && message->msg_control && keeping()) lent_by(message);
  return sent;
}

EXPORT int sendmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags) {
  int sent = REAL(sendmmsg, int (*)(int, struct mmsghdr *, unsigned, int))(fd, messages, count, flags);
  for (int i = 0; i < sent; i++)
    if (messages[i].msg_hdr.msg_control && keeping()) lent_by(&messages[i].msg_hdr);
  return sent;
}
