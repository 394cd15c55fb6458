// title: a stream with functions of its own reads and writes what they do
#include "case.h"

static ssize_t from_file(void *cookie, char *into, size_t size) { return read(*(int *)cookie, into, size); }
static ssize_t to_file(void *cookie, const char *from, size_t size) { return write(*(int *)cookie, from, size); }

int main(void) {
  int in = must(open("a", O_RDONLY)), out = must(open("n", O_WRONLY | O_CREAT, 0644));
  FILE *reader = fopencookie(&in, "r", (cookie_io_functions_t){.read = from_file});
  FILE *writer = fopencookie(&out, "w", (cookie_io_functions_t){.write = to_file});
  must_be(reader && writer && fgets(text, sizeof text, reader));
  fputs("new", writer);
  fclose(writer);
  fclose(reader);
  expect("R a");
  expect("C n");
  expect("W n");
  job("in a");
  job("out n");
}
