# title: tee reads what the shell opened for it
. "${0%/*}/../case.sh"
set -e
doing 'R a' 'C n' 'W n' -- tee n < a
job 'in a' 'out n'
