# title: files that a script reads and writes by functions of libc, called as foreign ones, are seen
import ctypes
import os

with open(os.environ['CASE_EXPECT'], 'a') as said:
    for line in ('R a', 'R b', 'C n', 'W n'):
        print(os.getpid(), line, file=said)
    print('job in a', 'job in b', 'job out n', sep='\n', file=said)

room = ctypes.create_string_buffer(10)
libc = ctypes.CDLL('libc.so.6')
program = ctypes.CDLL(None)
for functions, name in (libc, b'a'), (program, b'b'):
    fd = functions.open(name, os.O_RDONLY)
    assert functions.read(fd, room, 10) == 5
    functions.close(fd)
fd = libc.open(b'n', os.O_WRONLY | os.O_CREAT, 0o644)
assert libc.write(fd, b'new', 3) == 3
libc.close(fd)
