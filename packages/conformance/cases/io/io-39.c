// title: a write appends if its descriptor says so at that moment, whatever it was opened with
#include "case.h"

int main(void) {
  int cut = must(open("a", O_WRONLY | O_APPEND)), copy = must(dup(cut));
  must(fcntl(copy, F_SETFL, 0));
  must_be(write(cut, "J", 1) == 1);
  int kept = must(open("b", O_WRONLY));
  must(fcntl(kept, F_SETFL, O_APPEND));
  must_be(write(kept, "!", 1) == 1);
  must_be(lseek(cut, 0, SEEK_CUR) == 1 && lseek(kept, 0, SEEK_CUR) > 1);
  expect("W a");
  expect("W b");
  job("out a");
  job("out b");
  job("append b");
}
