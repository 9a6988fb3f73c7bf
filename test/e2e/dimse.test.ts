import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DicomElement, element, writeDataSet, writeDicom } from '../../src/demo/dicom/write.ts';
import { DEFLATED_LITTLE, EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../../src/formats/dicom/transfer-syntax.ts';
import { portOf, type RunningAgent } from '../support/agent.ts';
import { makeAuthority } from '../support/certificates.ts';
import { dcmtk } from '../support/dcmtk.ts';
import { associate, CT, connectPeer, ONE_CONTEXT, store } from '../support/dimse-peer.ts';
import { PAIRS, useEngines } from '../support/engines.ts';

/** DCMTK, as many modalities speak, against the agent as an operator starts it. */
const authority = makeAuthority();
const stranger = makeAuthority('/CN=Somebody else');
const file = (name: string): string => join(authority.folder, name);
let agent: RunningAgent;

beforeAll(() => {
  for (const [name, pair] of [
    ['server', authority.issue('/CN=localhost')],
    ['client', authority.issue('/O=Hospital/CN=ct1')],
    ['stranger', stranger.issue('/O=Hospital/CN=ct1')],
  ] as const) {
    writeFileSync(file(`${name}.pem`), pair.cert);
    writeFileSync(file(`${name}.key`), pair.key);
  }
});

afterAll(() => {
  authority.remove();
  stranger.remove();
});

const port = (listener: string): string => String(portOf(agent, listener));
const to = (...more: string[]): string[] => [...more, 'localhost', port('dimse')];

function elements(sopInstance: string, sopClass = CT): DicomElement[] {
  return [
    element('(0008,0016)', 'UI', sopClass),
    element('(0008,0018)', 'UI', sopInstance),
    element('(0008,0060)', 'CS', 'CT'),
    element('(0009,0010)', 'LO', 'ACME 1.0'),
    element('(0009,1001)', 'LO', 'Quillfeather'),
    element('(0010,0010)', 'PN', 'QUILLFEATHER^JO'),
    element('(0010,0020)', 'LO', 'MR-400-0321'),
    element('(0020,000D)', 'UI', `${sopInstance}.1`),
  ];
}

function dicomFile(sopInstance: string, transferSyntax = EXPLICIT_LITTLE, sopClass = CT): string {
  const path = file(`${sopInstance}.dcm`);
  writeFileSync(path, writeDicom({ transferSyntax, elements: elements(sopInstance, sopClass) }));
  return path;
}

const ENCODED = [
  ['-xe', EXPLICIT_LITTLE, '2.25.901'],
  ['-xi', IMPLICIT_LITTLE, '2.25.902'],
  ['-xb', EXPLICIT_BIG, '2.25.903'],
  ['-xd', DEFLATED_LITTLE, '2.25.904'],
] as const;

describe.each(PAIRS)('on %s', { timeout: 120_000 }, (pair) => {
  const engines = useEngines(pair);
  beforeAll(async () => {
    agent = await engines.start({
      env: {
        CORDON_DIMSE_CALLED_AES: '[CORDON, ARCHIVE]',
        CORDON_DIMSE_TLS_CERTIFICATE: file('server.pem'),
        CORDON_DIMSE_TLS_KEY: file('server.key'),
        CORDON_DIMSE_TLS_CA: file('ca.pem'),
      },
    });
  });

  describe('DCMTK', () => {
    it('verifies', async () => {
      const { code, out } = await dcmtk('echoscu', '-v', '-aec', 'ARCHIVE', ...to());
      expect(out).toContain('Received Echo Response (Success)');
      expect(code).toBe(0);
    });

    it.each(ENCODED)('stores with %s', async (option, transferSyntax, sopInstance) => {
      const { code, out } = await dcmtk(
        'storescu',
        '-aet',
        'CT1',
        '-aec',
        'ARCHIVE',
        option,
        ...to(),
        dicomFile(sopInstance, transferSyntax),
      );
      expect(out).toBe('');
      expect(code).toBe(0);
    });

    it('stores many objects over one association', async () => {
      const files = Array.from({ length: 20 }, (_, index) => dicomFile(`2.25.50.${index}`));
      const { code, out } = await dcmtk('storescu', '-aet', 'CT1', '-aec', 'ARCHIVE', '-R', ...to(), ...files);
      expect(out).toBe('');
      expect(code).toBe(0);
    });

    it('stores over TLS with a certificate of ours', async () => {
      const args = ['+tls', file('client.key'), file('client.pem'), '+cf', file('ca.pem'), '-aec', 'CORDON'];
      const { code, out } = await dcmtk('storescu', ...args, 'localhost', port('dimse-tls'), dicomFile('2.25.60'));
      expect(out).not.toContain('E:');
      expect(code).toBe(0);
    });

    it.each([
      ['clear text to the TLS port', () => []],
      ['no client certificate', () => ['+tla', '+cf', file('ca.pem')]],
      ['the certificate of a stranger', () => ['+tls', file('stranger.key'), file('stranger.pem'), '+cf', file('ca.pem')]],
    ])('is refused with %s', async (_what, args) => {
      const { code } = await dcmtk('storescu', ...args(), '-aec', 'CORDON', 'localhost', port('dimse-tls'), dicomFile('2.25.61'));
      expect(code).not.toBe(0);
    });

    it('is rejected under an AE title that is not ours', async () => {
      const { code, out } = await dcmtk('storescu', '-aec', 'ELSEWHERE', ...to(), dicomFile('2.25.62'));
      expect(out).toContain('Called AE Title Not Recognized');
      expect(code).not.toBe(0);
    });

    it('is answered when the same object comes again, which is stored once', async () => {
      const again = dicomFile('2.25.901');
      expect((await dcmtk('storescu', '-aet', 'CT1', '-aec', 'ARCHIVE', '-xe', ...to(), again)).code).toBe(0);
    });
  });

  it('stores what DCMTK would not send: a private SOP class in a private transfer syntax', async () => {
    const peer = connectPeer(portOf(agent, 'dimse'));
    const [sopClass, transferSyntax] = ['1.3.12.2.1107.5.9.1', '1.2.826.0.1.3680043.9.7.1'];
    const proposal = {
      called: 'ARCHIVE',
      calling: 'PRIVATE',
      contexts: [{ id: 1, abstract: sopClass, transfer: [transferSyntax] }],
    };
    expect((await associate(peer, proposal))?.[0]).toBe(0x02);
    const dataSet = writeDataSet(elements('2.25.55', sopClass), EXPLICIT_LITTLE);
    expect(await store(peer, '2.25.55', dataSet, { sopClass })).toBe(0);
    peer.socket.end();
  });

  it('keeps what was sent, says where it came from, and raises what was refused', async () => {
    expect(await engines.settled(agent.data)).toMatchObject({ total: 26, failed: 0, quarantined: 0 });
    const bodies = await engines.bodies(agent.data);
    expect(bodies).toHaveLength(26);
    for (const [, transferSyntax, sopInstance] of ENCODED) {
      const dataSet = writeDataSet(elements(sopInstance), transferSyntax);
      const kept = bodies.find(({ bytes }) => bytes.includes(`${sopInstance}.1`));
      // A deflated object is kept inflated.
      expect(kept?.bytes.subarray(-dataSet.length).toString('latin1'), transferSyntax).toBe(dataSet.toString('latin1'));
      expect(kept?.provenance.association).toMatchObject({
        calling: 'CT1',
        called: 'ARCHIVE',
        version: expect.stringMatching(/^OFFIS_DCMTK/),
      });
      expect(kept?.inflated === undefined).toBe(transferSyntax !== DEFLATED_LITTLE);
    }
    const own = bodies.find(({ provenance }) => provenance.association?.calling === 'PRIVATE');
    expect(own?.type).toBe('1.3.12.2.1107.5.9.1');
    expect(own?.bytes.toString('latin1')).toContain(
      writeDataSet(elements('2.25.55', '1.3.12.2.1107.5.9.1'), EXPLICIT_LITTLE).toString('latin1'),
    );
    const secure = bodies.filter(({ provenance }) => provenance.protocol === 'dimse-tls');
    expect(secure.map(({ provenance }) => [provenance.peer.certificate, provenance.tls?.version])).toEqual([
      ['CN=ct1,O=Hospital', 'TLSv1.3'],
    ]);
    const ledger = await engines.ledger(agent.data);
    const incidents = (await ledger.incidents.list({ limit: 50 })).rows;
    await ledger.close();
    const refused = incidents.filter(({ reason }) => reason === 'credentials').map(({ destination }) => destination);
    expect(refused.sort()).toEqual(['dimse', 'dimse-tls']);
  });

  describe('without authorities, and with little room', () => {
    let other: RunningAgent;
    beforeAll(async () => {
      other = await engines.start({
        env: {
          CORDON_DIMSE_TLS_CERTIFICATE: file('server.pem'),
          CORDON_DIMSE_TLS_KEY: file('server.key'),
          CORDON_VAULT_QUOTA: '1MiB',
        },
      });
    });

    it('is open over TLS without client certificates', async () => {
      const args = ['+tla', '+cf', file('ca.pem'), 'localhost', String(portOf(other, 'dimse-tls'))];
      expect((await dcmtk('storescu', ...args, dicomFile('2.25.70'))).code).toBe(0);
      expect((await engines.settled(other.data)).total).toBe(1);
    });

    it('asks a sender to come again while it cannot store, and prints nothing of what was sent', async () => {
      const peer = connectPeer(portOf(other, 'dimse'));
      expect((await associate(peer, { contexts: ONE_CONTEXT }))?.[0]).toBe(0x02);
      // Names that are no UIDs: libraries like to print what they find wrong.
      const name = `Quillfeather${'9'.repeat(80)}`;
      expect(await store(peer, name, Buffer.alloc(2 ** 20, 0x20), { sopClass: name })).toBe(0);
      peer.socket.end();
      const { code, out } = await dcmtk('storescu', '-v', 'localhost', String(portOf(other, 'dimse')), dicomFile('2.25.80'));
      expect(out).toMatch(/Refused: OutOfResources/);
      expect(code).not.toBe(0);
      expect(other.lines.join('\n')).toContain('vault.quota');
      expect(other.lines.join('\n')).not.toMatch(/quillfeather/i);
    });
  });
});
