/* The socket at which roard is asked. */
#ifndef ROAR_LISTENER_H
#define ROAR_LISTENER_H
#include <stdbool.h>

const char *listener_path(const char *asked); /* where it is, when nobody says otherwise */
bool listener_reserve(const char *asked); /* before anything that takes time; EWOULDBLOCK: another is, or starts */
int listener_open(const char *asked);
void listener_remove(void);
#endif
