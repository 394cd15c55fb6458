/* The run's log from the side of a program that is its only writer: the same records as the preload library's, without its contest for space. */
#ifndef ROAR_LOG_H
#define ROAR_LOG_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "roar_trace.h"

bool log_open(const char *path); /* false: no log of this build */
struct roar_header *log_header(void);
void log_add_lost(uint64_t count);
void *record_begin(uint16_t type, size_t size, uint32_t pid, uint32_t tid); /* NULL: no room, counted as lost */
void record_end(void *record);
void wake_recorder(void);
void names_moved(void);
bool filter_has(uint64_t dev, uint64_t ino);
bool filter_add(uint64_t dev, uint64_t ino); /* true when it was not there yet */
#endif
