# title: split makes as many files as it needs
. "${0%/*}/../case.sh"
set -e
doing 'R a' 'C xaa' 'W xaa' 'C xab' 'W xab' 'C xac' 'W xac' -- split -b 2 a
doing 'R xaa' 'R xab' 'R xac' 'C n' 'W n' -- sh -c 'exec cat xaa xab xac > n'
doing 'R a' 'R n' -- cmp a n
job 'in a' 'out xaa' 'out xab' 'out xac' 'int xaa' 'int xab' 'int xac' 'out n' 'int n'
