# title: tools that only look read what they look at
. "${0%/*}/../case.sh"
set -e
doing 'R a' 'R b' 'R d/x' -- grep -r -c l .
doing 'R a' -- sha256sum a
doing 'R a' -- wc -l a
doing 'R b' -- tail -c 2 b
doing 'R b' -- od -c b
doing 'R a' 'R b' -- paste a b
doing 'R a' -- head -c 1 a
doing -- stat -c %s a
doing -- wc -c a
doing -- ls -l --time-style=+
job 'in a' 'in b' 'in d/x'
