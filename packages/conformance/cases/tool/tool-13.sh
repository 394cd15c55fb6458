# title: gzip replaces a file by its compressed form
. "${0%/*}/../case.sh"
set -e
doing 'R a' 'C a.gz' 'W a.gz' 'D a' -- gzip a
job 'in a' 'out a.gz' 'del a'
