import { describe, expect, test } from 'vitest';
import { findNames } from '../../../src/detect/names/find.ts';

/** The names in a text, each with whose it is said to be. */
function namesIn(text: string): string[] {
  const found = findNames(text, new Map()).found.filter(({ likely }) => likely === undefined);
  return found.map(({ from, to, whose }) => `${text.slice(from, to)} (${whose})`);
}

describe('a name that is a word too', () => {
  test.each<[string, string[]]>([
    // Known from where the text has it in full.
    ['Pt: Butler, Faith DOB 1-1-60. Later called Faith at home', ['Butler, Faith (patient)', 'Faith (patient)']],
    ['his wife Odette (90) is well. Odette gives consent', ['Odette (relative)', 'Odette (relative)']],
    ['wife Hanh is here. Training: Hanh to come', ['Hanh (relative)', 'Hanh (relative)']],
    ['Pt: Foley, Hope DOB 1-1-60. Foley in place, no hope of more', ['Foley, Hope (patient)']],
    ['Pt: Butler, Faith DOB 1-1-60. FAITH BASED GROUP. Faith groups', ['Butler, Faith (patient)']],
    // After a label, in the column of a list, beside a relative's word.
    ['Patient: Stone, Will T.   MRN: 004', ['Stone, Will T (patient)']],
    ['0733   C26-118931     Ng, May                Plt      9', ['Ng, May (unknown)']],
    ['0214   C26-118832     Odom, K                K        6.8', ['Odom, K (unknown)']],
    ['RESP PARTY: Mark Young (son) H 334', ['Mark Young (relative)']],
    ['Rusty Chambers (legal name not given)', ['Rusty Chambers (patient)']],
    ['lives in a shared house on Elm with Sage, Ocean and two cats', ['Sage (relative)', 'Ocean (relative)']],
    ['Lives with COPD and CHF', []],
    ['Rose (wife) called', ['Rose (relative)']],
    ['spouse: Hope', ['Hope (relative)']],
    ['mother (May) present', ['May (relative)']],
    ['is married to Joy', ['Joy (relative)']],
    ['Patient Rose denies any pain today', ['Rose (patient)']],
    ['Joy says the pain is worse now', ['Joy (unknown)']],
    ['we texted Summer about the visit', ['Summer (unknown)']],
    ["Call Cormac's mum Una at home", ['Cormac (patient)', 'Una (relative)']],
    ['his SNA, Bernie, is sound', ['Bernie (unknown)']],
    ['Mother: May need help. In May, mother reported pain. We called May 5', []],
    ['Patient: Will return in May', []],
    // A line of a hand-off, with the bed.
    ['(watcher) Castillo 7W-12, 58M, DKA', ['Castillo (patient)']],
    ['(stable) Rose 7E-09, cellulitis better', ['Rose (patient)']],
    ['(unstable) Foley, 7E-05, 95F, GIB, Foley in', ['Foley (patient)']],
    ['(stable) Parkinson, H 7W-15, has tremor', ['Parkinson (patient)']],
    ['"Bear" Nguyen, bed 4', ['Nguyen (patient)']],
    ['Foley 16F placed', []],
    ['Baxter 6K-100 membrane', []],
    ['pt Garcia 71 F POD2', ['Garcia (patient)']],
  ])('%s: %j', (text, names) => expect(namesIn(text)).toEqual(names));
});

describe('who is around a patient', () => {
  test.each<[string, string[]]>([
    ['his ex Crystal texted', ['Crystal (relative)']],
    ['His buddy Gene Frank drove him in', ['Gene Frank (relative)']],
    ['custody of Jaxon, 6', ['Jaxon (relative)']],
    ['Pls call dtr Kim tonight', ['Kim (relative)']],
    ['DTR Kim ', []],
    ['GF Kim', []],
    ['First child Osaro 5 yrs, second child Precious 2 yrs', ['Osaro (relative)', 'Precious (relative)']],
    ['Child-Pugh B, Child Pugh C', []],
    ['twin A Elijah and twin B Ezra', ['Elijah (relative)', 'Ezra (relative)']],
    ['Ronnie admits he used twice', ['Ronnie (unknown)']],
    ["gave his sister's number, Brooke 503-555-0196", ['Brooke (unknown)']],
    ['geb. 3.9.1984, geb. Çelik', ['Çelik (patient)']],
    ['Frau Mag. Leopoldine Hörbiger', ['Leopoldine Hörbiger (unknown)']],
    ['Sig.ra Intorre Giacinta', ['Intorre Giacinta (unknown)']],
    ['Name: Smt. Lakshmi Venkataraman', ['Lakshmi Venkataraman (unknown)']],
    ['Gail 5-yr 1.4%', []],
    ['nata Pelli, geb. Berlin', ['Pelli (patient)']],
    ['Dr. med. habil. R. Kretzschmar', ['R. Kretzschmar (provider)']],
    ['RESIDENT: Young, Grace L   RM 114-A', ['Young, Grace L (patient)']],
    ['Fax to adjuster Dawn Frye', ['Dawn Frye (unknown)']],
    ['Ringet til mor, Kirsten Østergaard', ['Kirsten Østergaard (relative)']],
    ['at the Sons of Norway hall', []],
    ['attn Simone Pelletier NP', ['Simone Pelletier (provider)']],
    ['Hannah Abebe, PGY-2', ['Hannah Abebe (provider)']],
    ['Paudie, as he likes to be called', ['Paudie (patient)']],
    ['żona Halina Wiśniewska z d. Pączek', ['Halina Wiśniewska (relative)', 'Pączek (patient)']],
    ['Thank you, Xiaoming (Simon)', ['Xiaoming (unknown)', 'Simon (unknown)']],
  ])('%s: %j', (text, names) => expect(namesIn(text)).toEqual(names));
});

describe('a name in small letters', () => {
  test.each<[string, string[]]>([
    ['mr beck first name terrence medical record', ['beck (unknown)', 'terrence (patient)']],
    ['his wife joy confirms this', ['joy (relative)']],
    ['his brother duke who did not make it', ['duke (relative)']],
    ['his wife hopes for more, his son will call', []],
    ['here with mom ngozi and dad femi she was', ['ngozi (relative)', 'femi (relative)']],
    ['baby girl okonjo who is now called amarachi', ['okonjo (patient)', 'amarachi (patient)']],
    ['pt beck bed nine', ['beck (patient)']],
    ['pt papadakis rm 22', ['papadakis (patient)']],
    ['pt lupus flare, pt metformin held', []],
    ['husb arturo came on', ['arturo (relative)']],
    ['bf marcus is w/ her', ['marcus (relative)']],
    ['w/ first baby (jaxon, born 3.14.2021)', ['jaxon (unknown)']],
    ['call josie when ready', ['josie (unknown)']],
    ['call radiology when ready', []],
    ['ex vivo perfusion, his father young has htn, mother had lupus', []],
    ['patient called at 0800, child abuse screen negative', []],
    ['per pharmacy, re c. diff, by e. coli, from c. albicans', []],
    ['dictation on cho, joy chart 699826307', ['cho, joy (patient)']],
    ['the niece quang huy pham who lives', ['quang huy pham (relative)']],
    ['re q. oduya metoprolol', ['q. oduya (unknown)']],
    ['kaylee called at 2112', ['kaylee (unknown)']],
    ['21:13 barb daughter of delbert fish (96) fell', ['barb (relative)', 'delbert fish (patient)']],
    ['17:22 tina marsh bd 4/4/88', ['tina marsh (patient)']],
    ['06:20 stone will call back', ['stone (unknown)']],
    ['06:20 rain will stop, stone will pass', []],
    ['tillery, marcus j 4-9-58', ['tillery, marcus (patient)']],
  ])('%s: %j', (text, names) => expect(namesIn(text)).toEqual(names));
});

describe('what only sounds like a name', () => {
  test.each<[string, string[]]>([
    ['Vein of Galen is patent', []],
    ['Escala de Rankin 1, tasca di Morison libera', []],
    ['No asterixis, no Terry or Lindsay nails', []],
    ['Hohmann, Bennett and Gelpi retractors placed', []],
    ['told that Terry and Lindsay agreed', ['Terry (unknown)', 'Lindsay (unknown)']],
    ['anti-Lea (Lewis), anti-Lua (Lutheran), Diego, Colton and Cartwright excluded', []],
    ['Enfermedad de Chagas, ELISA no reactivo', []],
    ['Salem sump to LIS, Pt BIBA Medic 28', []],
    ['Confirm by GC/MS. CLIA 05D0644471', []],
    ['Rx: T. Ecosprin 75', []],
    ['seen by T. Okafor 12:05', ['T. Okafor (provider)']],
    ['U=U. Doxy-PEP 200 mg', []],
    ["I've told him. We've asked. Don't call", []],
    ['Swan-Ganz: PA 32/14', []],
    ['(Hinchey Ib). Verocay bodies with Antoni A and B areas', []],
    ['Smith & Nephew Renata foam', []],
    ['Ryan White recert due', []],
  ])('%s: %j', (text, names) => expect(namesIn(text)).toEqual(names));
});
