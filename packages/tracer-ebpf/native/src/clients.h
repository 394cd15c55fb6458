/* Who is connected, and what each may. */
#ifndef ROAR_CLIENTS_H
#define ROAR_CLIENTS_H
#include <stdbool.h>

void clients_begin(void);
bool clients_step(int listener, int timeout_ms); /* serves who has something to say; false: nobody did */
int clients_count(void);
#endif
