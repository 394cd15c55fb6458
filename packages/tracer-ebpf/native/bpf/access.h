/* The access bits of the log, by the names of the generated header, which programs in the kernel cannot include. */
#ifndef ROAR_ACCESS_H
#define ROAR_ACCESS_H
#define ACCESS_READ 1
#define ACCESS_WRITTEN 2
#define ACCESS_CREATED 4
#define ACCESS_TRUNCATED 8
#define ACCESS_APPENDED 16
#define ACCESS_MAPPED 32
#define ACCESS_MAY_WRITE 64
#define ACCESS_EXECUTED 128
#define ACCESS_UNNAMED 4096
#endif
