# title: git stores what is added and committed through temporary names
. "${0%/*}/../case.sh"
set -e
need git
git init -q --template= -b main g
cp a g/f
git -C g add f
git -C g -c user.name=case -c user.email=case@example.com commit -q -m one

# Making the repository.
for name in HEAD config; do any "C g/.git/$name.lock" "W g/.git/$name.lock" "M g/.git/$name.lock>g/.git/$name" "R g/.git/$name"; done
any '[~C g/.git/t??????]' '[~S g/.git/t??????]' '[~D g/.git/t??????]'
any 'R a' 'C g/f' 'W g/f'
# The file, its tree, and the commit: each made under a temporary name, linked to its own, and that one removed.
any 'R g/f' '~C g/.git/objects/??/tmp_obj_??????' '~W g/.git/objects/??/tmp_obj_??????' '~D g/.git/objects/??/tmp_obj_??????'
file=b6/fc4c620b67d95f953a5c1c1230aaab5db5a1b0 tree=42/bb57d1e79cc0af4c2af35480fd5ca001630afc
for object in $file $tree; do any "~L g/.git/objects/${object%/*}/tmp_obj_??????>g/.git/objects/$object" "[R g/.git/objects/$object]"; done
commit=$(cat g/.git/refs/heads/main)
rest=${commit#??}
commit=${commit%"$rest"}/$rest
any "~L g/.git/objects/${commit%/*}/tmp_obj_??????>g/.git/objects/$commit" "[R g/.git/objects/$commit]"
# Index and branch: written to a lock, which is renamed.
for name in index refs/heads/main; do any "C g/.git/$name.lock" "W g/.git/$name.lock" "M g/.git/$name.lock>g/.git/$name"; done
any 'R g/.git/index' 'R g/.git/refs/heads/main'
any 'C g/.git/COMMIT_EDITMSG' 'W g/.git/COMMIT_EDITMSG' '[R g/.git/COMMIT_EDITMSG]'
any 'D g/.git/HEAD.lock' 'C g/.git/logs/HEAD' 'W g/.git/logs/HEAD' 'C g/.git/logs/refs/heads/main' 'W g/.git/logs/refs/heads/main'
any '[C g/.git/objects/maintenance.lock]' '[D g/.git/objects/maintenance.lock]'

job 'in a' 'out g/f' 'int g/f' '[~tmp g/.git/t??????]' '~tmp g/.git/objects/??/tmp_obj_??????' '[tmp g/.git/objects/maintenance.lock]'
for name in HEAD config index refs/heads/main; do job "out g/.git/$name" "[int g/.git/$name]" "tmp g/.git/$name.lock"; done
for name in COMMIT_EDITMSG logs/HEAD logs/refs/heads/main; do job "out g/.git/$name" "[int g/.git/$name]"; done
for object in $file $tree $commit; do job "out g/.git/objects/$object" "[int g/.git/objects/$object]"; done
