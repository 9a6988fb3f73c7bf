import { v7 as uuid } from 'uuid';
import { expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { PersonToken } from '../../src/lineage/row.ts';
import { type Feed, openFeed } from '../../src/registry/feed.ts';
import { cohortBit, kindNumber, PATIENT, printOf, printText } from '../../src/registry/print.ts';
import { lineageRow } from '../ledger/lineage-rows.ts';
import { acceptRow, DAY, finding, flaggedRow, NOON, scanRow } from '../ledger/rows.ts';

/** Whose identifiers are known, on whatever engine. `group` gives its tests a ledger of their own. */
export function registryConformance(group: (title: string, tests: (ledger: () => Ledger) => void) => unknown): void {
  const mrn = (name: string, person = name): PersonToken => ({
    token: tokenOf(name),
    person: tokenOf(person),
    strong: true,
    kind: 'mrn',
  });
  const phone = (name: string, person: string): PersonToken => ({ ...mrn(name, person), strong: false, kind: 'phone' });
  /** A message of the first token's person, scanned at a time. */
  const taught = async (ledger: Ledger, at: number, tokens: readonly PersonToken[]): Promise<void> => {
    const row = acceptRow({ id: uuid({ msecs: at }), receivedAt: at });
    await ledger.messages.accept(row);
    const trail = [{ key: tokens[0]?.person ?? '', patient: true }];
    await ledger.messages.saveScan(scanRow(row.id, { scannedAt: at, lineage: lineageRow({ tokens, trail }) }));
  };
  const feedAt = async (ledger: Ledger, clock: () => number): Promise<Feed> => {
    const feed = await openFeed(ledger.registry, clock, () => undefined);
    await feed.load();
    return feed;
  };
  const known = (feed: Feed, name: string): number => feed.table.find(printOf(tokenOf(name)));

  group('registry: what was taught', (ledger) => {
    it('knows what a flow that teaches showed, of its kind, and nothing else', async () => {
      const { kind: _untaught, ...other } = mrn('other');
      await taught(ledger(), NOON, [mrn('anna'), phone('anna-phone', 'anna'), phone('shared', 'anna')]);
      await taught(ledger(), NOON + 1, [mrn('ben'), phone('shared', 'ben')]);
      await taught(ledger(), NOON + 2, [other]);
      expect(await ledger().registry.size()).toBe(5);
      const all = await ledger().registry.learnt('', 10);
      expect(all).toHaveLength(4);
      expect(all).toContainEqual({ token: tokenOf('anna'), kind: 'mrn' });
      const feed = await feedAt(ledger(), () => NOON + 3);
      expect(known(feed, 'anna')).toBe(PATIENT | kindNumber('mrn'));
      expect(known(feed, 'shared')).toBe(PATIENT | kindNumber('phone'));
      expect(known(feed, 'other')).toBe(0);
      expect(feed.table.counts()).toEqual({ patients: 4, cohorted: 0, records: 2 });
    });

    it('reads page by page, each token once', async () => {
      const pages: string[] = [];
      for (let after = ''; ; ) {
        const page = await ledger().registry.learnt(after, 3);
        pages.push(...page.map(({ token }) => token));
        const last = page.at(-1);
        if (last === undefined || page.length < 3) break;
        after = last.token;
      }
      expect(new Set(pages).size).toBe(4);
      expect(pages).toEqual([...pages].sort());
    });

    it('learns from a flow that teaches whom it had only met before', async () => {
      await taught(ledger(), NOON + 3, [mrn('other')]);
      expect(known(await feedAt(ledger(), () => NOON + 4), 'other')).toBe(PATIENT | kindNumber('mrn'));
    });
  });

  group('registry: another process', (ledger) => {
    it('hears of what is taught, enters a cohort and is forgotten, and keeps who is taught again', async () => {
      let now = Date.now();
      const feed = await feedAt(ledger(), () => now);
      await taught(ledger(), now, [mrn('anna'), phone('shared', 'anna')]);
      await taught(ledger(), now, [mrn('ben'), phone('shared', 'ben')]);
      await ledger().registry.enter('vip', [{ token: tokenOf('anna'), kind: null }], now);
      now += 1000;
      await feed.poll();
      expect(known(feed, 'anna')).toBe(PATIENT | cohortBit('vip') | kindNumber('mrn'));
      expect(known(feed, 'shared')).not.toBe(0);

      expect(await ledger().lineage.forget([tokenOf('anna')])).toMatchObject({ tokens: 2 });
      now = Date.now() + 1000;
      await feed.poll();
      expect(known(feed, 'anna')).toBe(0);
      // Of another patient too.
      expect(known(feed, 'shared')).not.toBe(0);
      expect(await ledger().registry.cohorts()).toEqual(new Map());
      expect(known(await feedAt(ledger(), () => now), 'anna')).toBe(0);

      await taught(ledger(), now, [mrn('anna')]);
      for (let poll = 0; poll < 40; poll++) await feed.poll();
      expect(known(feed, 'anna')).toBe(PATIENT | kindNumber('mrn'));
    });

    it('keeps of what left a fingerprint, and no token', async () => {
      const gone = await ledger().registry.gone(0);
      expect(new Set(gone.map(({ print, part }) => `${print} ${part}`))).toEqual(
        new Set([`${printText(tokenOf('anna'))} patient`, `${printText(tokenOf('anna'))} vip`]),
      );
    });
  });

  group('registry: retention', (ledger) => {
    it('lets go of who was not taught for long, and not of who was since', async () => {
      await taught(ledger(), NOON, [mrn('anna'), phone('shared', 'anna')]);
      await taught(ledger(), NOON, [mrn('ben'), phone('shared', 'ben')]);
      // Within a day it is not written again, after that it is.
      await taught(ledger(), NOON + 1000, [mrn('ben'), phone('shared', 'ben')]);
      expect(await ledger().registry.since({ at: NOON, token: '~' }, 10)).toEqual([]);
      await taught(ledger(), NOON + 2 * DAY, [mrn('ben'), phone('shared', 'ben')]);
      expect(await ledger().registry.since({ at: NOON, token: '~' }, 10)).toHaveLength(2);

      expect(await ledger().registry.drop(NOON + DAY, NOON + 3 * DAY)).toBe(2);
      expect(await ledger().registry.drop(NOON + DAY, NOON + 3 * DAY)).toBe(0);
      expect((await ledger().registry.gone(NOON + 3 * DAY)).map(({ print }) => print)).toEqual([printText(tokenOf('anna'))]);
      const feed = await feedAt(ledger(), () => NOON + 3 * DAY);
      expect([known(feed, 'anna'), known(feed, 'ben') !== 0, known(feed, 'shared') !== 0]).toEqual([0, true, true]);
      // Lineage knows the person all the same.
      expect((await ledger().lineage.trace({ tokens: [tokenOf('anna')], limit: 10 })).timeline.rows).toHaveLength(1);
    });

    it('outlives the messages that taught it, and then goes whole', async () => {
      await ledger().retention.dropBefore(NOON + 60 * DAY);
      expect(await ledger().registry.size()).toBe(2);
      expect((await ledger().lineage.personsOf([tokenOf('ben')])).persons).toBe(1);
      expect(await ledger().registry.drop(NOON + 10 * DAY, NOON + 70 * DAY)).toBe(2);
      expect((await ledger().lineage.personsOf([tokenOf('ben')])).persons).toBe(0);
      // What was told of for a week is told no more.
      expect((await ledger().registry.gone(0)).every(({ at }) => at > NOON + 60 * DAY)).toBe(true);
    });
  });

  group('registry: cohorts', (ledger) => {
    const member = (name: string) => ({ token: tokenOf(name), kind: 'mrn' as const });

    it('counts who enters and leaves, once', async () => {
      const { registry } = ledger();
      expect(await registry.enter('vip', [member('anna'), member('ben')], NOON)).toBe(2);
      expect(await registry.enter('vip', [member('anna')], NOON)).toBe(0);
      expect(await registry.enter('employee', [member('anna')], NOON)).toBe(1);
      expect(await registry.cohorts()).toEqual(
        new Map([
          ['employee', 1],
          ['vip', 2],
        ]),
      );
      expect(await registry.members({ cohort: 'employee', token: '~' }, 1)).toHaveLength(1);
      expect(await registry.leave('vip', [tokenOf('anna'), tokenOf('cleo')], NOON + 1)).toBe(1);
      expect(await registry.leave('vip', [tokenOf('anna')], NOON + 1)).toBe(0);
      const feed = await feedAt(ledger(), () => NOON + 2);
      expect(known(feed, 'anna')).toBe(cohortBit('employee') | kindNumber('mrn'));
      expect(feed.table.counts()).toEqual({ patients: 0, cohorted: 2, records: 0 });
    });
  });

  group('registry: findings', (ledger) => {
    it('says of a finding what was known of it', async () => {
      const row = acceptRow();
      await ledger().messages.accept(row);
      const findings = [finding({ registry: 'patient' }), finding()];
      await ledger().messages.saveScan(flaggedRow(row.id, { findings }));
      expect(await ledger().messages.findings(row.id)).toEqual(findings);
    });
  });
}

/** A token as tokens are, of a made-up name. */
function tokenOf(name: string): string {
  return `k1.${Buffer.from(name.padEnd(32, '.')).toString('base64url')}`;
}
