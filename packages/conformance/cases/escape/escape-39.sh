# title: what su does for another user is done by the same job, and su works
# owed: E=Y P=N T=Y
# gaps: outside-namespace set-id
# needs: root
. "${0%/*}/../case.sh"
set -e
need su
su -s /bin/sh nobody -c 'cat a'
any 'R a'
job 'in a'
