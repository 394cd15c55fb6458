// title: catalogues of messages are read by whoever asks for a message
#include <libintl.h>
#include <locale.h>
#include <nl_types.h>

#include "case.h"

/* As gencat(1) makes it: set 1, message 1, `hello`. */
static const unsigned char plain[] = {
  222, 8, 4, 150, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 104, 101, 108, 108, 111, 0};

/* As msgfmt(1) makes it: `hello` is `salut`. */
static const unsigned char translated[] = {
  222, 18, 4, 149, 0, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 44, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 60, 0, 0, 0, 5, 0, 0, 0, 61, 0, 0, 0, 40, 0,
  0, 0, 67, 0, 0, 0, 5, 0, 0, 0, 108, 0, 0, 0, 0, 104, 101, 108, 108, 111, 0, 67, 111, 110, 116, 101, 110, 116, 45, 84, 121, 112, 101, 58, 32, 116,
  101, 120, 116, 47, 112, 108, 97, 105, 110, 59, 32, 99, 104, 97, 114, 115, 101, 116, 61, 85, 84, 70, 45, 56, 10, 0, 115, 97, 108, 117, 116, 0};

static void make(const char *name, const void *bytes, size_t size) {
  int fd = must(open(name, O_WRONLY | O_CREAT, 0644));
  must_be(write(fd, bytes, size) == (ssize_t)size);
  close(fd);
}

int main(void) {
#ifndef __GLIBC__
  skip("the catalogues are glibc's");
#endif
  if (!setlocale(LC_ALL, "C.UTF-8")) skip("there is no locale but C, which has no messages");
  char where[4096];
  setenv("LANGUAGE", "xx", 1);
  must(mkdir("xx", 0755));
  must(mkdir("xx/LC_MESSAGES", 0755));
  make("xx/LC_MESSAGES/d.mo", translated, sizeof translated);
  make("n", plain, sizeof plain);
  nl_catd catalogue = catopen("./n", 0);
  must_be(catalogue != (nl_catd)-1 && strcmp(catgets(catalogue, 1, 1, "none"), "hello") == 0);
  catclose(catalogue);
  must_be(bindtextdomain("d", getcwd(where, sizeof where)) && textdomain("d"));
  must_be(strcmp(gettext("hello"), "salut") == 0);
  expect("C n");
  expect("W n");
  expect("R n");
  expect("C xx/LC_MESSAGES/d.mo");
  expect("W xx/LC_MESSAGES/d.mo");
  expect("R xx/LC_MESSAGES/d.mo");
  job("out n");
  job("int n");
  job("out xx/LC_MESSAGES/d.mo");
  job("int xx/LC_MESSAGES/d.mo");
}
