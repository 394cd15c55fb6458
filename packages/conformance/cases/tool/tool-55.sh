# title: a data tool in Go that a distribution has linked with libc replaces its file, or is announced
# owed: E=Y P=H T=Y
# gaps: direct-syscall
. "${0%/*}/../case.sh"
set -e
need mlr
any 'R a' '[~R mlr-in-place-*]' '~C mlr-in-place-*' '~W mlr-in-place-*' '~M mlr-in-place-*>a'
mlr -I --inidx --ojson cat a
job 'in a' 'out a' '[int a]' '[~tmp mlr-in-place-*]'
