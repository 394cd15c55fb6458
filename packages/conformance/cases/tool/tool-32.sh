# title: find starts programs and removes files itself
. "${0%/*}/../case.sh"
set -e
find d -name x -exec cp {} n ';'
doing 'D d/x' -- find d -name x -delete
any 'R d/x' 'C n' 'W n'
echo a b | xargs rm
any 'D a' 'D b'
job 'in d/x' 'out n' 'del d/x' 'del a' 'del b'
