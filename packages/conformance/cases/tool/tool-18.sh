# title: fifty compilations at the same time make one union of their files
# repeat: 1
. "${0%/*}/../case.sh"
set -e
need gcc make
echo '#define X 0' > h.h
for i in $(seq 50); do printf '#include "h.h"\nint f%d(void) { return X; }\n' "$i" > "m$i.c"; done
printf 'all: $(patsubst %%.c,%%.o,$(wildcard *.c))\n%%.o: %%.c h.h\n\t@gcc -c $<\n' > Makefile
fact 'C h.h' 'W h.h' 'C Makefile' 'W Makefile'
make -j8
any 'R h.h' 'R Makefile'
job 'out h.h' 'int h.h' 'out Makefile' 'int Makefile'
for i in $(seq 50); do
  fact "C m$i.c" "W m$i.c"
  any "R m$i.c" "C m$i.o" "W m$i.o" "[R m$i.o]"
  job "out m$i.c" "int m$i.c" "out m$i.o" "[int m$i.o]"
done
