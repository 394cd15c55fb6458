# title: strace works inside, and its output is right
command -v strace >/dev/null || { echo 'strace is not installed'; exit 77; }
echo "* R a" >> "$CASE_EXPECT"
echo "* [C trace]" >> "$CASE_EXPECT"
echo "* [W trace]" >> "$CASE_EXPECT"
echo "job in a" >> "$CASE_EXPECT"
echo "job [out trace]" >> "$CASE_EXPECT"
echo "job [int trace]" >> "$CASE_EXPECT"
echo "* [R trace]" >> "$CASE_EXPECT"
strace -f -o trace -e trace=read cat a || exit 1
grep -q '"hello' trace
