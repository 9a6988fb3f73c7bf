import { describe, expect, it } from 'vitest';
import { thisMachine } from '../../../src/encryption/rest/machine.ts';
import { checkSwap, checkVolume } from '../../../src/encryption/rest/volume.ts';
import { type Recorded, type RecordedDevice, recordedMachine } from './recorded-machine.ts';

const PCI = 'pci0000:00/0000:00:1f.2/ata1/host0/target0:0:0/0:0:0:0/block';
const sda: RecordedDevice = {
  number: '8:0',
  at: `${PCI}/sda`,
  files: { 'device/vendor': 'ATA     ', 'device/model': 'SAMSUNG SSD\n' },
};
const sda2: RecordedDevice = { number: '8:2', at: `${PCI}/sda/sda2`, partition: true };
const sdb: RecordedDevice = { number: '8:16', at: `${PCI.replace('0:0:0:0', '1:0:0:0')}/sdb` };
const luks: RecordedDevice = { number: '253:0', at: 'virtual/block/dm-0', uuid: 'CRYPT-LUKS2-0f0e0d0c-luks', slaves: ['sda2'] };
const dm = (index: number, uuid: string, ...slaves: string[]): RecordedDevice => ({
  number: `253:${index}`,
  at: `virtual/block/dm-${index}`,
  uuid,
  slaves,
});
const root = (device: string, type = 'ext4', source = '/dev/root'): string =>
  `${device} / / rw,relatime shared:1 - ${type} ${source} rw`;

function luks1(cipher: string, mode: string): Buffer {
  const head = Buffer.alloc(1024);
  head.write('LUKS\xba\xbe\0\x01', 0, 'latin1');
  head.write(cipher, 8, 'latin1');
  head.write(mode, 40, 'latin1');
  return head;
}

function luks2(segments: unknown): Buffer {
  const head = Buffer.alloc(16_384);
  head.write('LUKS\xba\xbe\0\x02', 0, 'latin1');
  head.write(JSON.stringify({ keyslots: {}, segments }), 4096);
  return head;
}

const VOLUMES: [string, Recorded, string, RegExp | null][] = [
  ['LUKS2 on a partition', { mounts: [root('253:0')], devices: [sda, sda2, luks] }, 'proven', null],
  [
    'LUKS1, its header read',
    {
      mounts: [root('253:0')],
      devices: [sda, sda2, dm(0, 'CRYPT-LUKS1-x-y', 'sda2')],
      heads: { '/dev/sda2': luks1('aes', 'xts-plain64') },
    },
    'proven',
    null,
  ],
  [
    'LUKS2, its header read',
    {
      mounts: [root('253:0')],
      devices: [sda, sda2, luks],
      heads: { '/dev/sda2': luks2({ 0: { type: 'crypt', encryption: 'aes-xts-plain64' } }) },
    },
    'proven',
    null,
  ],
  ['LVM on LUKS', { mounts: [root('253:1')], devices: [sda, sda2, luks, dm(1, 'LVM-abc', 'dm-0')] }, 'proven', null],
  [
    'LUKS on LVM',
    { mounts: [root('253:0')], devices: [sda, sda2, dm(1, 'LVM-abc', 'sda2'), dm(0, 'CRYPT-LUKS2-a-b', 'dm-1')] },
    'proven',
    null,
  ],
  [
    'a partition of a mapped disk on LUKS',
    { mounts: [root('253:1')], devices: [sda, sda2, luks, dm(1, 'part1-abc', 'dm-0')] },
    'proven',
    null,
  ],
  [
    'RAID, one disk of two on LUKS',
    {
      mounts: [root('9:0')],
      devices: [sda, sda2, sdb, luks, { number: '9:0', at: 'virtual/block/md0', slaves: ['dm-0', 'sdb'] }],
    },
    'failed',
    /sdb is a disk without dm-crypt/,
  ],
  [
    'LVM over LUKS and a bare disk',
    { mounts: [root('253:1')], devices: [sda, sda2, sdb, luks, dm(1, 'LVM-abc', 'dm-0', 'sdb')] },
    'failed',
    /sdb/,
  ],
  ['a bare partition', { mounts: [root('8:2')], devices: [sda, sda2] }, 'failed', /sda is a disk without dm-crypt/],
  ['verity', { mounts: [root('253:0')], devices: [sda, sda2, dm(0, 'CRYPT-VERITY-a-b', 'sda2')] }, 'failed', /sda/],
  ['integrity alone', { mounts: [root('253:0')], devices: [sda, sda2, dm(0, 'CRYPT-INTEGRITY-a-b', 'sda2')] }, 'failed', /sda/],
  ['verity on LUKS', { mounts: [root('253:1')], devices: [sda, sda2, luks, dm(1, 'CRYPT-VERITY-a-b', 'dm-0')] }, 'proven', null],
  [
    'plain dm-crypt',
    { mounts: [root('253:0')], devices: [sda, sda2, dm(0, 'CRYPT-PLAIN-x', 'sda2')] },
    'unknown',
    /no LUKS header/,
  ],
  ['BitLocker', { mounts: [root('253:0')], devices: [sda, sda2, dm(0, 'CRYPT-BITLK-x-y', 'sda2')] }, 'unknown', /CRYPT-BITLK/],
  [
    'LUKS1 with cipher_null',
    {
      mounts: [root('253:0')],
      devices: [sda, sda2, dm(0, 'CRYPT-LUKS1-a-b', 'sda2')],
      heads: { '/dev/sda2': luks1('cipher_null', 'ecb') },
    },
    'failed',
    /cipher_null/,
  ],
  [
    'LUKS2 with cipher_null in one segment',
    {
      mounts: [root('253:0')],
      devices: [sda, sda2, luks],
      heads: { '/dev/sda2': luks2({ 0: { encryption: 'aes-xts-plain64' }, 1: { encryption: 'cipher_null-ecb' } }) },
    },
    'failed',
    /cipher_null/,
  ],
  [
    'LUKS2 with a segment that is not encrypted',
    { mounts: [root('253:0')], devices: [sda, sda2, luks], heads: { '/dev/sda2': luks2({ 0: { type: 'linear' } }) } },
    'unknown',
    /segments/,
  ],
  ['a mapping without a disk', { mounts: [root('253:0')], devices: [dm(0, 'zero-1')] }, 'unknown', /maps to no device/],
  [
    'a virtio disk',
    { mounts: [root('254:0')], devices: [{ number: '254:0', at: 'pci0000:00/0000:00:02.0/virtio1/block/vda' }] },
    'unknown',
    /virtual/,
  ],
  [
    'EBS',
    {
      mounts: [root('259:1')],
      devices: [
        {
          number: '259:0',
          at: 'pci0000:00/0000:00:04.0/nvme/nvme0/nvme0n1',
          files: { 'device/model': 'Amazon Elastic Block Store\n' },
        },
        { number: '259:1', at: 'pci0000:00/0000:00:04.0/nvme/nvme0/nvme0n1/nvme0n1p1', partition: true },
      ],
    },
    'unknown',
    /cannot be seen from inside/,
  ],
  [
    'an iSCSI disk',
    { mounts: [root('8:0')], devices: [{ number: '8:0', at: 'platform/host2/session1/target2:0:0/2:0:0:1/block/sda' }] },
    'unknown',
    /attached/,
  ],
  [
    'a network block device',
    { mounts: [root('43:0')], devices: [{ number: '43:0', at: 'virtual/block/nbd0' }] },
    'unknown',
    /another machine/,
  ],
  ['a device that /sys hides', { mounts: [root('8:1')] }, 'unknown', /not in \/sys/],
  ['overlay', { mounts: [root('0:40', 'overlay', 'overlay')] }, 'unknown', /lies over other/],
  ['NFS', { mounts: [root('0:41', 'nfs4', 'nas:/export')] }, 'unknown', /another machine/],
  ['SMB', { mounts: [root('0:41', 'cifs', '//nas/x')] }, 'unknown', /another machine/],
  ['FUSE', { mounts: [root('0:41', 'fuse.gocryptfs', '/x')] }, 'unknown', /program/],
  ['ZFS', { mounts: [root('0:41', 'zfs', 'tank/x')] }, 'unknown', /zfs get encryption/],
  ['another without a device', { mounts: [root('0:41', 'bcachefs', '/dev/sda')] }, 'unknown', /no block device/],
  ['memory', { mounts: [root('0:42', 'tmpfs', 'tmpfs')] }, 'not_applicable', /memory/],
  ['no mountinfo', {}, 'unknown', /Linux only/],
  [
    'btrfs on LUKS and a bare disk',
    {
      mounts: [root('0:30', 'btrfs', '/dev/mapper/x')],
      devices: [sda, sda2, sdb, luks],
      links: {
        '/dev/mapper/x': '/dev/dm-0',
        '/sys/fs/btrfs/id/devices/dm-0': '/sys/devices/virtual/block/dm-0',
        '/sys/fs/btrfs/id/devices/sdb': `/sys/devices/${sdb.at}`,
      },
    },
    'failed',
    /sdb/,
  ],
  [
    'btrfs on LUKS',
    {
      mounts: [root('0:30', 'btrfs', '/dev/mapper/x')],
      devices: [sda, sda2, luks],
      links: { '/dev/mapper/x': '/dev/dm-0', '/sys/fs/btrfs/id/devices/dm-0': '/sys/devices/virtual/block/dm-0' },
    },
    'proven',
    null,
  ],
  [
    'a file on LUKS behind a loop device',
    {
      mounts: [root('7:0'), '253:0 / /images rw - ext4 /dev/dm-0 rw'],
      devices: [
        sda,
        sda2,
        luks,
        { number: '7:0', at: 'virtual/block/loop0', files: { 'loop/backing_file': '/images/disk.img\n' } },
      ],
    },
    'proven',
    null,
  ],
  [
    'a loop device that lies on itself',
    {
      mounts: [root('7:0')],
      devices: [{ number: '7:0', at: 'virtual/block/loop0', files: { 'loop/backing_file': '/disk.img\n' } }],
    },
    'unknown',
    /more than 16 layers/,
  ],
];

describe('the volume of a path', () => {
  it.each(VOLUMES)('%s', (_name, recorded, outcome, reason) => {
    const found = checkVolume(recordedMachine(recorded), '/data');
    expect([found.outcome, found.reason]).toEqual([outcome, reason === null ? null : expect.stringMatching(reason)]);
  });

  it('is that of its own mount, of the last on one place, and of where a link leads', () => {
    const devices = [sda, sda2, sdb, luks];
    const mounts = [
      root('8:2'),
      '253:0 / /data\\040one rw - ext4 /dev/dm-0 rw',
      '8:16 / /over rw - xfs /dev/sdb rw',
      '253:0 / /over rw - ext4 x rw',
    ];
    const machine = recordedMachine({ mounts, devices, links: { '/link': '/data one/x' } });
    const outcome = (path: string): string => checkVolume(machine, path).outcome;
    expect(['/', '/data one/deep/er', '/data one', '/data onetwo', '/over/x', '/link'].map(outcome)).toEqual([
      'failed',
      'proven',
      'proven',
      'failed',
      'proven',
      'proven',
    ]);
  });

  it('says what lies on the way down', () => {
    const { facts } = checkVolume(recordedMachine({ mounts: [root('253:0')], devices: [sda, sda2, luks] }), '/');
    expect(facts).toEqual({ mount: '/', fileSystem: 'ext4', device: '253:0', leaves: ['dm-0: CRYPT-LUKS2 (cipher not read)'] });
  });
});

describe('swap', () => {
  const swaps = (...lines: string[]): string[] => lines.map((line) => `${line}\t1000\t0\t-2`);
  const SWAPS: [string, Recorded, string][] = [
    ['none', {}, 'not_applicable'],
    ['on LUKS', { swaps: swaps('/dev/dm-0 partition'), devices: [sda, sda2, luks] }, 'proven'],
    ['on a bare partition', { swaps: swaps('/dev/sda2 partition'), devices: [sda, sda2] }, 'failed'],
    [
      'in memory',
      { swaps: swaps('/dev/zram0 partition'), devices: [{ number: '252:0', at: 'virtual/block/zram0' }] },
      'not_applicable',
    ],
    [
      'in memory that is written out to a bare disk',
      {
        swaps: swaps('/dev/zram0 partition'),
        devices: [sda, { number: '252:0', at: 'virtual/block/zram0', files: { backing_dev: '/dev/sda\n' } }],
      },
      'failed',
    ],
    ['in a file on LUKS', { swaps: swaps('/swap\\040file file'), mounts: [root('253:0')], devices: [sda, sda2, luks] }, 'proven'],
    ['on both', { swaps: swaps('/dev/dm-0 partition', '/dev/sdb partition'), devices: [sda, sda2, sdb, luks] }, 'failed'],
    [
      'under a key of this start (plain)',
      { swaps: swaps('/dev/dm-0 partition'), devices: [sda, sda2, dm(0, 'CRYPT-PLAIN-swap', 'sda2')] },
      'unknown',
    ],
  ];
  it.each(SWAPS)('%s', (_name, recorded, outcome) => {
    expect(checkSwap(recordedMachine(recorded)).outcome).toBe(outcome);
  });

  it('that cannot be read is unknown', () => {
    expect(checkSwap({ ...recordedMachine({}), text: () => null }).outcome).toBe('unknown');
  });
});

describe('this machine', () => {
  it.each(['/', import.meta.filename, '/proc', '/dev/shm', '/no/such/path'])('gives an answer for %s', (path) => {
    const found = checkVolume(thisMachine, path);
    expect(['proven', 'failed', 'unknown', 'not_applicable']).toContain(found.outcome);
    expect(found.outcome === 'proven').toBe(found.reason === null);
  });

  it('gives an answer for swap', () => {
    expect(['proven', 'failed', 'unknown', 'not_applicable']).toContain(checkSwap(thisMachine).outcome);
  });
});
