/* What roard's own file may do, whoever starts it. */
#ifndef ROAR_ENABLE_H
#define ROAR_ENABLE_H
int enable(void);  /* 0, or prints why not */
int disable(void);
#endif
