# title: a here-string reaches a program without a file of the job
. "${0%/*}/../case.sh"
set -e
cat <<< "some words"
job none
