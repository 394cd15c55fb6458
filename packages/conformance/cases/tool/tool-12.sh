# title: sort -o over its own input reads it before it writes it
. "${0%/*}/../case.sh"
set -e
doing 'R a' 'W a' -- sort -o a a
job 'in a' 'out a'
