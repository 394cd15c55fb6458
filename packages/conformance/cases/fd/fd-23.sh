# title: files that the command inherits and only its children use are read and written by those children
# stdin: a
# stdout: n
sh -c 'echo "$$ R a" >> "$CASE_EXPECT"; echo "$$ W n" >> "$CASE_EXPECT"; exec cat'
echo "job in a" >> "$CASE_EXPECT"
echo "job out n" >> "$CASE_EXPECT"
