// title: sendfile into a socket reads the file
#include "case.h"
#include <sys/sendfile.h>
#include <sys/socket.h>

int main(void) {
  int pair[2];
  must(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
  must_be(sendfile(pair[0], must(open("a", O_RDONLY)), NULL, 100) == 5);
  expect("R a");
  job("in a");
}
