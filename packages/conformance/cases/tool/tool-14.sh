# title: dd reads and writes on the descriptors 0 and 1
. "${0%/*}/../case.sh"
set -e
doing 'R a' 'C n' 'W n' -- dd if=a of=n conv=notrunc status=none
job 'in a' 'out n'
