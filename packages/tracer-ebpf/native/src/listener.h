/* The socket at which roard is asked. */
#ifndef ROAR_LISTENER_H
#define ROAR_LISTENER_H
const char *listener_path(const char *asked); /* where it is, when nobody says otherwise */
int listener_open(const char *asked);
void listener_remove(void);
#endif
