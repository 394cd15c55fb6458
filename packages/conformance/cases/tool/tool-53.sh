# title: a shell's noclobber and its tests change nothing
. "${0%/*}/../case.sh"
set -e
set -C
(echo x > a) 2> /dev/null && exit 1
[ -s a ] && [ a -ef a ] && [ ! -e n ]
job none
