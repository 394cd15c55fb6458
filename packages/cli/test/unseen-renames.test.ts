// Under preload alone a large library renames past libc, as Rust's does: the record has the file by the name that it ends with, and says that it cannot be whole.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { paths, TestWorkspace } from './workspace.ts'

/** More than 8 MiB of code is not searched for such calls (docs/gaps/direct-syscall.md). */
const source = `
__asm__(".text\\n.fill 9437184, 1, 0x90\\n");
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>
static long rename_past_libc(const char *from, const char *to) {
  long done;
#if defined(__x86_64__)
  __asm__ volatile("syscall" : "=a"(done) : "0"(SYS_rename), "D"(from), "S"(to) : "rcx", "r11", "memory");
#else
  register long number __asm__("x8") = SYS_renameat, a __asm__("x0") = AT_FDCWD, c __asm__("x2") = AT_FDCWD;
  register const char *b __asm__("x1") = from, *d __asm__("x3") = to;
  __asm__ volatile("svc #0" : "+r"(a) : "r"(number), "r"(b), "r"(c), "r"(d) : "memory");
  done = a;
#endif
  return done;
}
int put(const char *under, const char *to) {
  int fd = open(under, O_CREAT | O_WRONLY, 0644);
  if (write(fd, "hello", 5) != 5) return 1;
  close(fd);
  return rename_past_libc(under, to) != 0;
}
`
const program =
  'extern int put(const char *, const char *);\nint main(int n, char **words) { return n == 3 ? put(words[1], words[2]) : 2; }\n'

const workspace = new TestWorkspace()
afterAll(() => workspace.remove())

describe('a rename that preload cannot see', () => {
  const place = (name: string): string => join(workspace.place, name)
  writeFileSync(place('large.c'), source)
  writeFileSync(place('main.c'), program)
  workspace.command('cc', '-shared', '-fPIC', '-o', place('liblarge.so'), place('large.c'))
  workspace.command(
    'cc',
    '-o',
    place('program'),
    place('main.c'),
    place('liblarge.so'),
    `-Wl,-rpath,${workspace.place}`,
  )

  it('leaves the file under its new name, with its digest, and a gap', () => {
    workspace.must('run', '--tracer', 'preload', place('program'), '.tmpAbCdEf', 'result.bin')
    const job = workspace.job('@1')
    expect(paths(job.outputs)).toEqual(['result.bin'])
    expect(job.outputs[0]?.reason).toBeNull()
    expect(job.outputs[0]?.digests.blake3).toMatch(/^ea8f163db38682925e4491c5e58d4bb3/)
    expect(job.tracer?.coverage).toMatchObject({ complete: false, gaps: [{ code: 'direct-syscall', count: 1 }] })
  })
})
