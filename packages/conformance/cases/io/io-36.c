// title: what libc opens, closes, makes and removes inside functions of its own works while signals come all the time, as it does alone
#include "case.h"
#include <dirent.h>
#include <signal.h>
#include <sys/time.h>

static void ticked(int signal) { (void)signal; }

// A pointer is a result, too.
#define made(call) must_((call) != NULL ? 0 : -1, #call, __LINE__)

static void streams(void) {
  FILE *stream = fopen("n", "w");
  made(stream);
  int fd = fileno(stream);
  must(fputs("text", stream));
  must_be(fclose(stream) == 0);
  must_fail(fcntl(fd, F_GETFD)); // it is closed
  made(stream = fopen("n", "r+"));
  made(stream = freopen("n", "w", stream));
  must_be(fclose(stream) == 0);
  made(stream = tmpfile());
  must_be(fclose(stream) == 0);
}

static void names(void) {
  char file[] = "tXXXXXX", directory[] = "uXXXXXX";
  must(close(must(mkstemp(file))));
  SAY("%d C %s\n%d D %s\njob tmp %s\n", getpid(), file, getpid(), file, file);
  must(remove(file));
  made(mkdtemp(directory));
  SAY("%d D %s\njob tmp %s\n", getpid(), directory, directory);
  DIR *listed = opendir(directory);
  made(listed);
  must(closedir(listed));
  must(remove(directory));
}

static void descriptors(void) {
  must(close(must(creat("n", 0644))));
  must(close(must(open("n", O_RDWR))));
  must(close(must(open(".", O_TMPFILE | O_RDWR, 0644))));
  must(link("a", "v"));
  must(unlink("v"));
}

int main(void) {
  struct sigaction action = {.sa_handler = ticked};
  struct itimerval often = {{0, 150}, {0, 150}}, never = {{0, 0}, {0, 0}};
  must(sigaction(SIGALRM, &action, NULL));
  must(setitimer(ITIMER_REAL, &often, NULL));
  for (int i = 0; i < 300; i++) streams(), names(), descriptors();
  must(setitimer(ITIMER_REAL, &never, NULL));
  expect("C n");
  expect("W n");
  expect("L a>v");
  expect("D v");
  job("out n");
  job("tmp v");
}
