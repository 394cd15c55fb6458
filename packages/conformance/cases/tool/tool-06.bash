# title: files that are compared through process substitution are read by the programs behind it
. "${0%/*}/../case.sh"
diff <(doing 'R a' -- cat a) <(doing 'R b' -- cat b)
job 'in a' 'in b'
