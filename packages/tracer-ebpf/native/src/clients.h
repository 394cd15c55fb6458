/* Who is connected, and what each may. */
#ifndef ROAR_CLIENTS_H
#define ROAR_CLIENTS_H
#include <stdbool.h>

void clients_begin(void);
void clients_step(int listener, int timeout_ms); /* serves who has something to say */
int clients_count(void);
#endif
