// title: opening an existing file for writing does not write
#include "case.h"

int main(void) {
  close(must(open("a", O_WRONLY | O_CREAT, 0644)));
  job("none");
}
