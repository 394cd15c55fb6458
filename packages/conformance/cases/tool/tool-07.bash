# title: a shell that reads a line from a descriptor of its own reads its file
. "${0%/*}/../case.sh"
set -e
exec 3<> a
read -r -u 3 line || echo "$line"
fact 'R a'
job 'in a'
