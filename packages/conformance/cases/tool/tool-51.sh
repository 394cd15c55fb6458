# title: rsync brings a tree up to date
# files: m/
. "${0%/*}/../case.sh"
set -e
need rsync
echo old > m/x
fact 'C m/x' 'W m/x'
rsync -a --inplace d/ m/
any 'R d/x' 'W m/x'
job 'in d/x' 'out m/x' '[int m/x]'
