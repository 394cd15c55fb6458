/* What roard's own file may do, whoever starts it (enable.c): CAP_BPF and CAP_PERFMON of the file. Only root, or CAP_SETFCAP, may change that. */
#ifndef ROAR_ENABLE_H
#define ROAR_ENABLE_H
int enable(void);  /* 0; 1, and why is on stderr */
int disable(void); /* the same; a file without rights is disabled already */
#endif
