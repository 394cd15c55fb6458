# title: python's pool of processes and its temporary files
import multiprocessing
import os
import pathlib
import tempfile


def copy(name):
    pathlib.Path(name + '.new').write_bytes(pathlib.Path(name).read_bytes())
    return os.getpid(), name


if __name__ == '__main__':
    with multiprocessing.get_context('fork').Pool(2) as pool:
        done = pool.map(copy, ['a', 'b', 'd/x'])
    with tempfile.TemporaryFile(dir='.') as file:
        file.write(b'gone')
    with tempfile.NamedTemporaryFile(dir='.', prefix='t') as file:
        file.write(b'gone')
    with open(os.environ['CASE_EXPECT'], 'a') as say:
        for pid, name in done:
            for fact in (f'R {name}', f'C {name}.new', f'W {name}.new'):
                print(pid, fact, file=say)
            print(f'job in {name}\njob out {name}.new', file=say)
        for fact in ('~C t????????', '~W t????????', '~D t????????'):
            print(os.getpid(), fact, file=say)
        print('job ~tmp t????????', file=say)
