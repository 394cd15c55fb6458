# title: a program that is started with an empty environment is seen
. "${0%/*}/../case.sh"
set -e
cat=$(command -v cat)
doing 'R a' -- env -i "$cat" a
job 'in a'
