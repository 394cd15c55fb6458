// title: work that a container engine is asked for has left the tree, and that is announced
// owed: E=H P=N T=N
// gaps: left-the-tree
#include "case.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void) {
  struct sockaddr_un engine = {.sun_family = AF_UNIX, .sun_path = "docker.sock"};
  int door = must(socket(AF_UNIX, SOCK_STREAM, 0));
  must(bind(door, (struct sockaddr *)&engine, sizeof engine));
  must(listen(door, 1));
  int asking = must(socket(AF_UNIX, SOCK_STREAM, 0));
  must(connect(asking, (struct sockaddr *)&engine, sizeof engine));
  must(write(asking, "POST /containers/create HTTP/1.1\r\n\r\n", 36));
  job("none");
}
