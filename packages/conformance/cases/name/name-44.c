// title: a socket or a fifo that the job makes and removes was nothing before: no name is deleted
#include "case.h"
#include <sys/socket.h>
#include <sys/un.h>

int main(void) {
  struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "s"};
  int listener = must(socket(AF_UNIX, SOCK_STREAM, 0));
  must(bind(listener, (struct sockaddr *)&address, sizeof address));
  must(listen(listener, 1));
  must(close(listener));
  expect("[D s]");
  must(unlink("s"));
  must(mkfifo("p", 0600));
  expect("[D p]");
  must(unlink("p"));
  job("none");
}
