# title: dd skips, seeks and cuts
. "${0%/*}/../case.sh"
set -e
doing 'R a' 'W b' -- dd if=a of=b bs=1 skip=1 seek=2 count=2 conv=notrunc status=none
doing 'C n' 'W n' -- dd if=/dev/zero of=n bs=512 count=1 status=none
doing 'W n' -- dd if=/dev/null of=n status=none
job 'in a' 'out b' 'out n'
