# title: patch changes files through temporary ones
. "${0%/*}/../case.sh"
set -e
need patch
printf -- '--- a\n+++ a\n@@ -1 +1 @@\n-hello\n\\ No newline at end of file\n+jello\n\\ No newline at end of file\n' > p
fact 'C p' 'W p'
doing 'R p' 'R a' '~C a.o??????' '~W a.o??????' '~M a.o??????>a' -- patch -s a p
job 'out p' 'int p' 'in a' 'out a' '~tmp a.o??????'
