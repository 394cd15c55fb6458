# title: mv to another file system copies and removes
. "${0%/*}/../case.sh"
set -e
place="/dev/shm/roar-case-$$"
mkdir "$place" || skip 'no /dev/shm here'
say "root m $place"
[ "$(stat -c %d .)" != "$(stat -c %d "$place")" ] || skip 'the scratch directory is in /dev/shm'
doing 'R a' 'C m/a' 'W m/a' 'D a' -- mv a "$place/a"
job 'in a' 'out m/a' 'del a'
