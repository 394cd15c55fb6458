# title: awk opens what its program names
. "${0%/*}/../case.sh"
set -e
doing 'R a' 'R b' 'C n' 'W n' -- awk 'BEGIN { getline line < "b"; print line > "n" } { print }' a
job 'in a' 'in b' 'out n'
