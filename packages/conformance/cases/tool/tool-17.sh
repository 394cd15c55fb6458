# title: a compilation reads source and header, and its assembler file comes and goes
# files: m/
. "${0%/*}/../case.sh"
set -e
need gcc
printf '#include "h.h"\nint main(void) { return X; }\n' > m.c
echo '#define X 0' > h.h
fact 'C m.c' 'W m.c' 'C h.h' 'W h.h'
export TMPDIR="$PWD/m"
gcc -c m.c
any 'R m.c' 'R h.h' '~C m/cc??????.s' '~W m/cc??????.s' '~R m/cc??????.s' '~D m/cc??????.s' 'C m.o' 'W m.o' '[R m.o]'
job 'out m.c' 'out h.h' 'int m.c' 'int h.h' 'out m.o' '[int m.o]' '~tmp m/cc??????.s' '[~int m/cc??????.s]'
