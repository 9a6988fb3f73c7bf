import { Gauge, type Registry } from 'prom-client';
import type { Ledger } from './ledger/ledger.ts';

/** What the ledger holds, for /metrics: read when it is asked for. */
export function countLedger(registry: Registry, ledger: Pick<Ledger, 'messages' | 'incidents' | 'vault'>): void {
  const registers = [registry];
  new Gauge({
    name: 'cordon_messages',
    help: 'Messages in the ledger.',
    labelNames: ['state'],
    registers,
    async collect() {
      const { pending, done, failed, flagged, quarantined } = await ledger.messages.counts();
      for (const [state, value] of Object.entries({ pending, done, failed, flagged, quarantined })) this.set({ state }, value);
    },
  });
  new Gauge({
    name: 'cordon_incidents_open',
    help: 'Incidents that nobody decided on.',
    registers,
    async collect() {
      this.set(await ledger.incidents.count(['open']));
    },
  });
  new Gauge({
    name: 'cordon_vault_bytes',
    help: 'Sealed bodies at rest.',
    registers,
    async collect() {
      this.set(await ledger.vault.size());
    },
  });
}
