# title: a shell that appends keeps what was there
. "${0%/*}/../case.sh"
set -e
fact 'W a'
echo x >> a
job 'out a' 'append a'
