import { html } from 'hono/html';
import { CordonError } from '../core/errors.ts';
import { type Location, LocationFields, readLocation } from '../policy/location.ts';
import type { Html } from './html.ts';
import type { Session } from './session.ts';
import { PLACE_TYPE_WORDS } from './words.ts';

const FIELDS = ['id', 'title', 'type', 'country', 'region', 'owner', 'retention', 'key', 'verify', 'addresses'] as const;
type Field = (typeof FIELDS)[number];

/** What stands in the form, and what is wrong with it; null where nothing is. */
export interface LocationDraft {
  readonly values: Readonly<Partial<Record<Field, string>>>;
  readonly problem: string | null;
}

/** The form as a place is described now, or with the id that policies give it. */
export function draftOf(id: string, location: Location | null): LocationDraft {
  if (location === null) return { values: { id: slugOf(id) }, problem: null };
  const { verify, addresses = [], ...said } = location;
  const values: Partial<Record<Field, string>> = { verify: verify.join('\n'), addresses: addresses.join('\n') };
  for (const name of ['id', 'title', 'type', 'country', 'region', 'owner', 'retention', 'key'] as const) {
    const value = said[name];
    if (value !== undefined) values[name] = value;
  }
  return { values, problem: null };
}

/** The place that a form describes; the draft with what is wrong with it where it describes none. */
export function readLocationForm(
  form: Readonly<Partial<Record<string, string>>>,
): { readonly location: Location } | { readonly draft: LocationDraft } {
  const values: Partial<Record<Field, string>> = {};
  for (const name of FIELDS) {
    const value = form[name]?.trim();
    if (value !== undefined && value !== '') values[name] = value;
  }
  const { verify = '', addresses = '', ...texts } = values;
  const lists = { verify: linesOf(verify), ...(addresses === '' ? {} : { addresses: linesOf(addresses) }) };
  try {
    return { location: readLocation({ ...texts, ...lists }) };
  } catch (error) {
    if (!(error instanceof CordonError) || error.code !== 'locations.invalid') throw error;
    return { draft: { values, problem: `Nothing is saved. ${labelled(error.message)}.` } };
  }
}

function linesOf(text: string): string[] {
  return text
    .split(/[\r\n,]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** `Owner: …` for `owner: …`. */
function labelled(problem: string): string {
  const [path = '', ...rest] = problem.split(': ');
  const field = FIELDS.find((name) => name === path.split('.')[0]);
  return field === undefined || rest.length === 0 ? problem : `${LABELS[field]}: ${rest.join(': ')}`;
}

/** What an id may be made of a destination's name: `REGISTRY^STATE` → `registry-state`. */
function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 63);
}

const LABELS: Readonly<Record<Field, string>> = {
  id: 'Id',
  title: 'What people call it',
  type: 'Type',
  country: 'Country',
  region: 'Region or site',
  owner: 'Who answers for it',
  retention: 'How long data stays',
  key: 'Key that encrypts it',
  verify: 'What has to be proven, one a line',
  addresses: 'Address ranges, one a line',
};

const HINTS: Readonly<Partial<Record<Field, string>>> = {
  id: 'Policies name it as destination.location: lower-case letters, digits and hyphens.',
  country: 'Two capitals: US.',
  region: 'us-east-1, data centre north.',
  owner: 'An office or a mailbox, rather than a person.',
  retention: 'An ISO 8601 duration: P30D.',
  key: 'kms:alias/NAME.',
  verify: 'kms:alias/NAME, s3://bucket/prefix, file:/path. Cordon asks each of them twice an hour.',
  addresses: 'Devices that connect from them stand there: 10.20.0.0/16.',
};

const REQUIRED: ReadonlySet<Field> = new Set(['id', 'title', 'owner']);

/** The fields of a place; what a file of rules/locations may say, but for attestations. */
export function locationForm({ csrf }: Session, { values }: LocationDraft): Html {
  const input = (name: Field): Html =>
    html`<label class="field"><span>${LABELS[name]}</span><input name="${name}" value="${values[name] ?? ''}" maxlength="500"${REQUIRED.has(name) ? html` required` : ''} autocomplete="off" spellcheck="false">${hint(name)}</label>`;
  const lines = (name: Field): Html =>
    html`<label class="field"><span>${LABELS[name]}</span><textarea name="${name}" rows="2" maxlength="4000" spellcheck="false">${values[name] ?? ''}</textarea>${hint(name)}</label>`;
  return html`<form method="post" action="/locations" class="stack grid-form">
<input type="hidden" name="csrf" value="${csrf}">
${input('id')}${input('title')}
<label class="field"><span>${LABELS.type}</span><select name="type">${LocationFields.shape.type.options.map(
    (type) => html`<option value="${type}"${type === values.type ? html` selected` : ''}>${PLACE_TYPE_WORDS[type]}</option>`,
  )}</select></label>
${input('owner')}${input('region')}${input('country')}${input('retention')}${input('key')}${lines('verify')}${lines('addresses')}
<p class="buttons"><button class="button primary" type="submit">Save</button></p>
</form>`;
}

function hint(name: Field): Html {
  const text = HINTS[name];
  return text === undefined ? html`` : html`<small>${text}</small>`;
}
