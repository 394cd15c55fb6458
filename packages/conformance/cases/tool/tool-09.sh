# title: mv over a file is one rename, although it tries twice
. "${0%/*}/../case.sh"
set -e
doing 'M a>b' -- mv -f a b
job 'out b' 'del a'
