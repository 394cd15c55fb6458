# title: a compressed archive is written by the compressor
# files: m/
. "${0%/*}/../case.sh"
set -e
tar czf n.tgz d
tar xzf n.tgz -C m
any 'R d/x' 'C n.tgz' 'W n.tgz' 'R n.tgz' 'C m/d/x' 'W m/d/x'
job 'in d/x' 'out n.tgz' 'int n.tgz' 'out m/d/x'
