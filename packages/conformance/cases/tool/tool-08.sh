# title: cp reads and writes, in whatever way the kernel lets it
. "${0%/*}/../case.sh"
set -e
doing 'R a' 'C n' 'W n' -- cp a n
job 'in a' 'out n'
