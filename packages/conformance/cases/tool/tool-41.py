# title: python maps, sends, archives and keeps databases
import mmap
import os
import shutil
import sqlite3
import zipfile

with open('a', 'rb') as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
    assert view[:1] == b'h'
with open('b', 'rb') as source, open('n', 'wb') as target:
    os.sendfile(target.fileno(), source.fileno(), 0, 10)
with zipfile.ZipFile('z', 'w') as archive:
    archive.write('d/x')
base = sqlite3.connect('q')
base.execute('create table t(x)')
base.close()
shutil.move('z', 'y')
with open(os.environ['CASE_EXPECT'], 'a') as say:
    for fact in ('R a', 'R b', 'C n', 'W n', 'C z', 'W z', 'R d/x', 'M z>y', 'C q', 'W q', '[R q]'):
        print(os.getpid(), fact, file=say)
    for fact in ('C', 'W', 'R', 'D'):
        print('*', f'[{fact} q-journal]', file=say)
    for line in ('in a', 'in b', 'in d/x', 'out n', 'out y', 'tmp z', 'out q', '[int q]', '[tmp q-journal]', '[int q-journal]'):
        print('job', line, file=say)
