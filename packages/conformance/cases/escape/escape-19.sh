# title: a static program is announced by the one that starts it, and what others do is seen
# owed: E=Y P=N T=Y
# gaps: static-binary
. "${0%/*}/../case.sh"
set -e
need cc
mkdir "/tmp/roar-case-$$"
trap 'rm -r "/tmp/roar-case-$$"' EXIT
echo '#include <fcntl.h>
#include <unistd.h>
int main(void) { char c; return read(open("a", O_RDONLY), &c, 1) != 1; }' > "/tmp/roar-case-$$/p.c"
cc -static -o "/tmp/roar-case-$$/p" "/tmp/roar-case-$$/p.c" || skip 'cc makes no static programs here'
doing 'R a' -- "/tmp/roar-case-$$/p"
doing 'R b' 'C n' 'W n' -- cp b n
job 'in a' 'in b' 'out n'
