/* What this kernel and this process lack. */
#ifndef ROAR_PREFLIGHT_H
#define ROAR_PREFLIGHT_H
int preflight(void); /* prints one line a check; 0: all there */
#endif
