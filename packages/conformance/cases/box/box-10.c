// title: work that the system manager is asked for has left the tree, and that is announced
// owed: E=H P=N T=N
// gaps: left-the-tree
#include "case.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void) {
  struct sockaddr_un manager = {.sun_family = AF_UNIX, .sun_path = "systemd/private"};
  must(mkdir("systemd", 0700));
  int door = must(socket(AF_UNIX, SOCK_STREAM, 0));
  must(bind(door, (struct sockaddr *)&manager, sizeof manager));
  must(listen(door, 1));
  int asking = must(socket(AF_UNIX, SOCK_STREAM, 0));
  must(connect(asking, (struct sockaddr *)&manager, sizeof manager));
  // Another service's socket is none that works for the program.
  manager.sun_path[0] = 'S';
  must_fail(connect(asking, (struct sockaddr *)&manager, sizeof manager));
  job("none");
}
