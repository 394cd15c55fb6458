# title: a file system of a program's own (FUSE) is read and written like any other
# files: m/
# needs: root
. "${0%/*}/../case.sh"
need bindfs
bindfs d m 2>/dev/null || skip 'no FUSE file system can be mounted here'
# What the file system's program does for it, and what of that is over by then, is the file system's.
any '[R d/x]' '[C d/y]' '[W d/y]'
doing 'R m/x' 'C m/y' 'W m/y' -- cp m/x m/y
cmp -s d/x d/y || exit 1
any "[R d/y]"
umount m || umount -l m
job '[in m/x]' '[in d/x]' '[out m/y]' '[out d/y]' '[int d/y]'
