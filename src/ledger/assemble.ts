import { auditStore, salted } from './audit/assemble.ts';
import { periodStore, reviewStore } from './audit/period-reviews.ts';
import { deskStore } from './desk/assemble.ts';
import { overviewStore } from './desk/overview.ts';
import { placeReads } from './devices/places.ts';
import { deviceReads } from './devices/reads.ts';
import type { Engine } from './engine.ts';
import { evidenceReads } from './evidence/evidence.ts';
import { evidenceHistoryReads } from './evidence/history.ts';
import { exportReads } from './exports/reads.ts';
import { flowReads } from './flows.ts';
import { incidentReads } from './incidents/incidents.ts';
import type { Ledger } from './ledger.ts';
import { lineageStore } from './lineage/assemble.ts';
import { messageReads } from './messages/messages.ts';
import { accessReads } from './people/access.ts';
import { accountStore } from './people/assemble.ts';
import { registryStore } from './registry/assemble.ts';
import { rescanReads } from './rescan/reads.ts';
import { retentionStore } from './retention/assemble.ts';
import { breachReads } from './reveal/breaches.ts';
import { revealReads } from './reveal/reveals.ts';
import { vaultReads } from './vault/vault.ts';

/** The ledger of an engine. */
export function assembleLedger(engine: Engine): Ledger {
  return {
    ...storesOf(engine),
    logged(entry) {
      // One id for all writes of the act: the log has it once.
      const own = salted(entry);
      return storesOf({ ...engine, call: (name, argument) => engine.call(name, argument, own) });
    },
  };
}

function storesOf(engine: Engine): Omit<Ledger, 'logged'> {
  const { db, reader, call } = engine;
  const messages = messageReads(db);
  const incidents = incidentReads(db);
  const flows = flowReads(db);
  const exported = exportReads(db);
  const vault = vaultReads(db);
  const access = accessReads(db);
  const evidence = evidenceReads(db);
  const history = evidenceHistoryReads(db);
  const devices = deviceReads(db);
  const places = placeReads(db);
  const reveals = revealReads(db);
  const breaches = breachReads(db);
  const rescans = rescanReads(db);
  return {
    messages: {
      accept: (row) => call('accept', row),
      pending: (before, limit) => messages.pending(reader, before, limit),
      load: (id) => engine.snapshot((x) => messages.load(x, id)),
      saveScan: (row) => call('saveScan', row),
      fail: (id, problem, at) => call('fail', { id, problem, at }),
      get: (id) => messages.get(reader, id),
      findings: (id) => messages.findings(reader, id),
      list: (filter) => messages.list(reader, filter),
      counts: () => messages.counts(reader),
    },
    incidents: {
      list: (filter) => incidents.list(reader, filter),
      count: (states, filter) => incidents.count(reader, states, filter),
      tally: (filter) => incidents.tally(reader, filter),
      get: (id) => incidents.get(reader, id),
      events: (id) => incidents.events(reader, id),
      samples: (id, limit) => incidents.samples(reader, id, limit),
      transition: (id, from, transition) => call('transition', { id, from, transition }),
      raise: (cause, facts) => call('raise', { cause, ...facts }),
      expire: (now) => call('expire', now),
    },
    desk: deskStore(engine),
    flows: {
      list: () => flows.list(reader),
      activity: (policy, since) => flows.activity(reader, policy, since),
      use: (since) => flows.use(reader, since),
      kinds: (keys) => flows.kinds(reader, keys),
      carried: (keys, since) => flows.carried(reader, keys, since),
      shadowed: () => flows.shadowed(reader),
    },
    vault: {
      size: () => vault.size(reader),
      bindKeyring: (id) => call('bindKeyring', id),
      saveDataKey: (id, wrapped, at) => call('saveDataKey', { id, wrapped, at }),
      dataKey: (id) => vault.dataKey(reader, id),
      dropExpired: (now) => call('dropExpired', now),
      async shredKeys(now) {
        const keys = await call('shredKeys', now);
        if (keys > 0) await engine.shredded();
        return keys;
      },
    },
    overview: overviewStore(engine),
    lineage: lineageStore(engine),
    registry: registryStore(engine),
    retention: retentionStore(engine),
    rescans: {
      current: () => rescans.current(reader),
      swap: (before, after) => call('swapRescan', { before, after }),
      next: (rescan, limit) => rescans.next(reader, rescan, limit),
      count: (filter) => rescans.count(reader, filter),
      save: (row) => call('saveRescan', row),
    },
    access: {
      createKey: (key) => call('createKey', key),
      keyByHash: (hash) => access.keyByHash(reader, hash),
      listKeys: () => access.listKeys(reader),
      revokeKey: (id, at) => call('revokeKey', { id, at }),
      createLink: (link) => call('createLink', link),
      redeemLink: (hash, name, now) => call('redeemLink', { hash, name, now }),
      createSession: (session) => call('createSession', session),
      session: (hash, now) => access.session(reader, hash, now),
      touchSession: (hash, now, idleUntil) => call('touchSession', { hash, now, idleUntil }),
      sessionsOf: (user, now) => access.sessionsOf(reader, user, now),
      endSession: (hash) => call('endSession', hash),
      endSessionsOf: (which) => call('endSessionsOf', which),
    },
    accounts: accountStore(engine),
    evidence: {
      save: (rows) => call('saveEvidence', rows),
      list: (target) => evidence.list(reader, target ?? null),
      history: (filter) => engine.snapshot((x) => history.page(x, filter)),
      asOf: ({ at, ...filter }) => engine.snapshot((x) => history.page(x, { ...filter, from: at, to: at })),
      tally: (filter) => engine.snapshot((x) => history.tally(x, filter)),
      claim: (targets, now, until) => call('claimTargets', { targets, now, until }),
    },
    devices: {
      list: (filter) => engine.snapshot((x) => devices.list(x, filter)),
      get: (id) => engine.snapshot((x) => devices.get(x, id)),
      count: (filter) => devices.count(reader, filter),
      merge: (part, into) => call('mergeDevices', { part, into }),
      split: (part) => call('splitDevice', part),
    },
    places: {
      list: () => places.list(reader),
      save: (place) => call('savePlace', place),
      remove: (id) => call('removePlace', id),
    },
    audit: auditStore(engine),
    period: periodStore(engine),
    reviews: reviewStore(engine),
    reveals: {
      ask: (reveal) => call('askReveal', reveal),
      move: (id, move) => call('moveReveal', { id, move }),
      get: (id) => reveals.get(reader, id),
      live: (state, now, limit) => reveals.live(reader, state, now, limit),
      ofIncident: (incident, limit) => reveals.ofIncident(reader, incident, limit),
    },
    breaches: {
      save: (assessment) => call('saveAssessment', assessment),
      versions: (incident, limit) => breaches.versions(reader, incident, limit),
    },
    exports: {
      transfers: (filter) => exported.transfers(reader, filter),
      incidents: (after, limit) => exported.incidents(reader, after, limit),
      decisions: (flow, patients) => exported.decisions(reader, flow, patients),
      decide: (decision) => call('decideDisclosure', decision),
    },
    ping: () => call('ping', Date.now()),
    close: () => engine.close(),
  };
}
