# title: gdb works inside, and its output is right
command -v gdb >/dev/null || { echo 'gdb is not installed'; exit 77; }
echo "* R a" >> "$CASE_EXPECT"
echo "job in a" >> "$CASE_EXPECT"
out=$(HOME=/nonexistent gdb -nx -q -batch -ex run --args /bin/cat a 2>/dev/null) || exit 1
case $out in *hello*'exited normally'*) ;; *) exit 1 ;; esac
