import { cdaFile } from './cda.ts';
import { csvFile } from './csv.ts';
import { dicomFile } from './dicom/corpus.ts';
import { fhirFile } from './fhir.ts';
import { hl7File } from './hl7/corpus.ts';
import type { CorpusFile, Split } from './label.ts';
import { plainFile } from './plain.ts';

/** Of every sixteen files: what clinical traffic is made of, with enough of the rarer formats to say something about them. */
const TURNS = [
  hl7File,
  plainFile,
  hl7File,
  dicomFile,
  hl7File,
  fhirFile,
  plainFile,
  hl7File,
  cdaFile,
  hl7File,
  plainFile,
  fhirFile,
  hl7File,
  dicomFile,
  csvFile,
  hl7File,
];

/** Test seeds start far from any train seed. */
const TEST_SEEDS = 1_000_000;

/** The labelled corpus: the same split, seed and number give the same bytes and labels. No file of one split is in the other. */
export function* corpus(split: Split, seed: number, files: number): Generator<CorpusFile> {
  const own = split === 'test' ? TEST_SEEDS + seed : seed;
  for (let index = 0; index < files; index++) {
    const make = TURNS[index % TURNS.length];
    if (make !== undefined) yield make(own, index, split);
  }
}
