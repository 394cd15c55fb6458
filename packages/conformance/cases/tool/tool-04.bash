# title: an empty redirection makes an empty file
. "${0%/*}/../case.sh"
set -e
fact 'C n'
> n
job 'out n'
