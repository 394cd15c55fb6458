# title: fakeroot's own library keeps working, and is no hindrance
. "${0%/*}/../case.sh"
set -e
need fakeroot
fakeroot sh -c 'chown 123:45 a && stat -c %u:%g a && cat a > n'
any 'R a' 'C n' 'W n'
job 'in a' 'out n'
