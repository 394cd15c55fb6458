# title: what bubblewrap runs is read under its path outside, or announced
# owed: E=H P=H T=Y
# gaps: outside-namespace
. "${0%/*}/../case.sh"
need bwrap
bwrap --ro-bind / / true 2>/dev/null || skip 'bubblewrap may not make its namespaces here'
any '[R a]'
job '[in a]'
said=$(bwrap --ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64 /lib64 --bind . /s --chdir /s cat a 2>&1) || exit 1
[ "$said" = hello ]
