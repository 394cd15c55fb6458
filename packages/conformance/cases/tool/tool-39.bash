# title: bash reads files without another program
. "${0%/*}/../case.sh"
set -e
fact 'R a' 'R b' 'C n' 'W n' 'R d/x'
mapfile -t lines < a
text=$(< b)
while read -r line || [ "$line" ]; do lines+=("$line"); done < d/x
exec > n
echo "${lines[*]} $text"
any 'R b'
job 'in a' 'in b' 'in d/x' 'out n'
