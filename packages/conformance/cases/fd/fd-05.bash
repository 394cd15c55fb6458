# title: a shell's own descriptor given to a program as its input is read by that program
exec 3<a
(echo "$BASHPID R a" >> "$CASE_EXPECT"; exec cat <&3)
echo "job in a" >> "$CASE_EXPECT"
