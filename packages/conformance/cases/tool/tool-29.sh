# title: cp copies trees, attributes and over files that are there
. "${0%/*}/../case.sh"
set -e
doing 'R d/x' 'C m/x' 'W m/x' -- cp -r d m
doing 'R a' 'C n' 'W n' -- cp -p a n
doing 'R a' 'W b' -- cp a b
doing 'R a' 'W n' -- cp --sparse=always --reflink=auto a n
job 'in d/x' 'in a' 'out m/x' 'out n' 'out b'
