/*
 * Who is connected (clients.c), and what each may: a connection is a user, by what the kernel says of the socket, and at most one run. Nothing that a client sends or
 * leaves out holds the daemon up: whoever breaks the form (wire.h) or reads no answers is dropped, and the run's processes go on unseen.
 */
#ifndef ROAR_CLIENTS_H
#define ROAR_CLIENTS_H
#include <stdbool.h>

void clients_begin(void); /* a ring is made in advance: that takes milliseconds, which no run shall wait for */
/* Serves who has something to say, or waits about so long for it, and does meanwhile what could wait. */
void clients_step(int listener, int timeout_ms);
int clients_count(void); /* connections, with a run or without */
#endif
