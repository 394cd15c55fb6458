# title: an archive that is made and unpacked in one job is its output, and no input
# files: m/
. "${0%/*}/../case.sh"
set -e
doing 'R d/x' 'C n' 'W n' -- tar cf n d
doing 'R n' 'C m/d/x' 'W m/d/x' -- tar xf n -C m
job 'in d/x' 'out n' 'out m/d/x' 'int n'
