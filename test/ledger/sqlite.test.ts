import { afterAll } from 'vitest';
import { openLedger } from '../../src/ledger/open.ts';
import { ledgerConformance } from '../conformance/ledger.ts';
import { freshFolder, removeFolders } from './folder.ts';

afterAll(removeFolders);

ledgerConformance('SQLite', () => openLedger({ path: `${freshFolder()}/ledger.db`, migrate: true }));
