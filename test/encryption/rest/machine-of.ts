import { type Machine, thisMachine } from '../../../src/encryption/rest/machine.ts';
import { recordedMachine } from './recorded-machine.ts';

/** A machine with one disk, on LUKS or not, on which the processes of this one run. */
export function machineOf(disk: 'luks' | 'plain', changes: Partial<Machine> = {}): Machine {
  const sda = { number: '8:0', at: 'pci0000:00/ata1/host0/target0:0:0/0:0:0:0/block/sda' };
  const luks = { number: '253:0', at: 'virtual/block/dm-0', uuid: 'CRYPT-LUKS2-a-b', slaves: ['sda'] };
  const recorded = recordedMachine({
    mounts: [disk === 'luks' ? '253:0 / / rw - ext4 /dev/dm-0 rw' : '8:0 / / rw - ext4 /dev/sda rw'],
    devices: disk === 'luks' ? [sda, luks] : [sda],
  });
  return {
    ...recorded,
    text(path) {
      if (/^\/proc\/\d+\/comm$/.test(path)) return thisMachine.text(path);
      return recorded.text(path.replace(/^\/proc\/\d+\/mountinfo$/, '/proc/self/mountinfo'));
    },
    ...changes,
  };
}
