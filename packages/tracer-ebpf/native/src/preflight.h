/* `roard --check` (preflight.c): what this kernel and this process lack. Loads nothing that stays. */
#ifndef ROAR_PREFLIGHT_H
#define ROAR_PREFLIGHT_H
int preflight(void); /* prints one line a check; 0: all there */
#endif
