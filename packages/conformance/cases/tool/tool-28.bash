# title: a large here-document goes through a file that is gone at once
. "${0%/*}/../case.sh"
set -e
export TMPDIR="$PWD"
cat << END | cksum
$(printf '%100000s' x)
END
any '~C sh-thd.*' '~W sh-thd.*' '~D sh-thd.*' '~R sh-thd.*'
job '~tmp sh-thd.*' '[~int sh-thd.*]'
