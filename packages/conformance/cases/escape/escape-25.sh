# title: a program with an allocator that is preloaded
. "${0%/*}/../case.sh"
set -e
for library in /usr/lib/*/libjemalloc.so.2 /usr/lib64/libjemalloc.so.2 none; do [ ! -e "$library" ] || break; done
[ "$library" != none ] || skip 'jemalloc is not installed'
export LD_PRELOAD="$library"
doing 'R a' 'C n' 'W n' -- cp a n
doing 'R b' 'W b' -- sort -o b b
doing -- grep -c jemalloc /proc/self/maps
job 'in a' 'out n' 'in b' 'out b'
