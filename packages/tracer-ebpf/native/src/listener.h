/* The socket at which roard is asked (listener.c). `asked`: a path, or NULL for the usual one: /run for root, /run/user/UID for others. */
#ifndef ROAR_LISTENER_H
#define ROAR_LISTENER_H
#include <stdbool.h>

const char *listener_path(const char *asked); /* where it is, when nobody says otherwise */
/* Before anything that takes time. False with errno: EWOULDBLOCK, another is there, or starts; EPERM, another user could put a socket of his own into that directory. */
bool listener_reserve(const char *asked);
/* Listening, from systemd (sd_listen_fds(3)) or made here, for every user of the machine; -1 with errno. */
int listener_open(const char *asked);
void listener_remove(void); /* the one that was made here, if it is still that one */
#endif
