# title: a file that is installed, cut and shredded was only there for a while
. "${0%/*}/../case.sh"
set -e
doing 'R a' 'C n' 'W n' -- install -m 644 a n
doing 'W n' -- truncate -s 3 n
doing -- touch n
doing 'W n' 'M n>0' 'D 0' -- shred -u n
job 'in a' 'tmp n' 'tmp 0'
