# title: ln makes names, and replaces them through a temporary one
. "${0%/*}/../case.sh"
set -e
doing 'L a>h' -- ln a h
doing 'S s' -- ln -s a s
doing '~L b>Cu*' '~M Cu*>h' -- ln -f b h
doing 'R a' -- cat s
job 'in a' 'name s>a' 'name h>b' '~tmp Cu*'
