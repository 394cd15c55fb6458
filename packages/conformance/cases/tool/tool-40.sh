# title: a script that a shell sources is an input of that shell
# files: p=:
. "${0%/*}/../case.sh"
set -e
fact 'R p' 'R a' 'C n' 'W n'
. ./p
read -r line < a || echo "$line" > n
job 'in p' 'in a' 'out n'
