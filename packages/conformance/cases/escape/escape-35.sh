# title: a program that is started by naming the loader is no static one
. "${0%/*}/../case.sh"
set -e
for loader in /lib64/ld-linux-x86-64.so.2 /lib/ld-linux-aarch64.so.1 none; do [ ! -x "$loader" ] || break; done
[ "$loader" != none ] || skip 'no loader of glibc is found'
doing 'R a' -- "$loader" "$(command -v cat)" a
job 'in a'
