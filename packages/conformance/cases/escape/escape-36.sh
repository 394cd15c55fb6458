# title: a program of the job that is started by naming the loader is an input
. "${0%/*}/../case.sh"
set -e
for loader in /lib64/ld-linux-x86-64.so.2 /lib/ld-linux-aarch64.so.1 none; do [ ! -x "$loader" ] || break; done
[ "$loader" != none ] || skip 'no loader of glibc is found'
doing 'C p' 'W p' -- cp "$(command -v cat)" p
doing 'R p' 'R a' -- "$loader" ./p a
job 'out p' 'int p' 'in a'
