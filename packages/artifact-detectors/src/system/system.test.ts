// The system's own trees and installed programs are system; the data that lies beside them is not.
import { type DetectorCase, detectorSuite } from '@roar/conformance'
import { describe, it } from 'vitest'
import { all } from '../cases.test-data.ts'
import { createSystemDetector } from './index.ts'

const tree = {
  '/opt/tool/bin/tool': '',
  '/opt/vendor/suite-2.1/bin/run': '',
  '/opt/data/x.parquet': '',
  '/opt/java/openjdk/bin/java': '',
}
const system = { is: 'system' } as const

const cases: readonly DetectorCase[] = [
  ...all(
    system,
    `/usr/bin/ls /usr/lib/x86_64-linux-gnu/libc.so.6 /lib/ld-musl-x86_64.so.1 /lib64/ld-linux-x86-64.so.2 /etc/ld.so.cache /etc/passwd
     /etc/ssl/certs/ca-certificates.crt /proc/self/maps /proc/1234/status /sys/devices/system/cpu/online /dev/null /dev/pts/3 /run/nscd/socket
     /run/user/1000/bus /boot/vmlinuz /usr/lib/locale/locale-archive /usr/share/zoneinfo/UTC /usr/share/locale/de/LC_MESSAGES/libc.mo
     /usr/share/mydata.csv /var/lib/dpkg/status /var/lib/sss/mc/passwd /var/cache/fontconfig/x.cache-7 /bin/sh /sbin/init
     /nix/store/abc-hello/bin/hello /snap/core/1/lib/x.so /usr/src/linux-headers/x.h /var/run/utmp`,
    { tree },
  ),
  ...all(
    system,
    `/usr/local/bin/jq /usr/local/lib/libfoo.so.1 /usr/local/lib/node_modules/npm/package.json /usr/local/include/foo.h /usr/local/sbin/x
     /usr/local/lib/python3.11/os.py /usr/local/lib/R/library/stats/R/stats.rdb /usr/local/share/locale/fr/x.mo /usr/local/etc/tool.conf
     /usr/local/share/ca-certificates/x.crt /usr/local/go/src/fmt/print.go /usr/local/cuda-12.4/lib64/libcudart.so.12
     /opt/tool/bin/tool /opt/tool/lib/plugins/libx.so /opt/tool/etc/tool.cfg /opt/vendor/suite-2.1/lib/libsuite.so
     /opt/java/openjdk/lib/modules /opt/java/openjdk/lib/tzdb.dat /opt/java/openjdk/lib/security/cacerts /opt/java/openjdk/conf/net.properties
     /home/u/.local/bin/tool /home/u/.cargo/bin/rg /home/u/.nvm/versions/node/v20.1.0/bin/node /home/u/.pyenv/libexec/pyenv
     /home/u/.pyenv/version /home/u/.nvm/versions/node/v20.1.0/lib/node_modules/npm/lib/cli.js /home/u/.terminfo/x/xterm
     /root/.pyenv/shims/python3 /root/.pyenv/libexec/pyenv-exec /root/.pyenv/version /root/.pyenv/pyenv.d/exec/pip-rehash.bash
     /root/.pyenv/plugins/pyenv-virtualenv/etc/pyenv.d/which/conda.bash /home/other/.cargo/bin/rg`,
    { tree },
  ),
  ...all(
    null,
    `/usr/local/share/mydata.csv /usr/local/share/corpus/a.txt /usr/local/data/x.bin /usr/local/lib/model.onnx /opt/data/x.parquet
     /opt/x.csv /opt/tool/data/in.bin /opt/tool/models/a.bin /opt/tool/share/sample.csv /opt/tool/lib/reference.fasta
     /opt/vendor/suite-2.1/examples/a.dat /usr/local/bin/notes.csv
     /tmp/x.csv /tmp/a/b /var/tmp/x /mnt/disk/a.npy /srv/www/a.html /media/usb/x /home/u/data.csv /home/u/project/usr/lib/libx.so
     /home/u/project/build/libmine.so /root/x /data/etc/passwd /var/lib/mydata/x.csv /var/log/syslog /var/lib/postgresql/dump.sql
     /dev/shm/scratch.npy /run/media/u/stick/a.csv /home/u/.local/share/app/data.csv /home/u/bin/mine /libraries/x /usrlocal/x /etcetera/x
     /System/Library/x /home/u/.config/tool.toml /root/.local/share/app/data.csv /home/other/data.csv /rooted/.pyenv/version`,
    { tree },
  ),
  ...all(system, '/System/Library/x.dylib /Library/Frameworks/x /private/etc/hosts', { platform: 'darwin' }),
  ...all(null, '/usr/src/app/main.py /usr/src/app/data.csv', { workspace: '/usr/src/app' }),
  ...all(null, '/opt/tool/bin/mine', { workspace: '/opt/tool', tree }),
]

detectorSuite({ describe, it }, 'system', createSystemDetector, cases)
