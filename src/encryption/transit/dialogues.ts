import type { Dialogue } from './dialogue.ts';
import { createDicomDialogue } from './dialogue-dicom.ts';
import { createHttpDialogue } from './dialogue-http.ts';
import { createMllpDialogue } from './dialogue-mllp.ts';
import type { SpokenProtocol } from './protocols.ts';

/** A fresh dialogue; `host` is what HTTP names the server. */
export function createDialogue(protocol: SpokenProtocol, host: string): Dialogue {
  switch (protocol) {
    case 'dicom':
      return createDicomDialogue();
    case 'mllp':
      return createMllpDialogue();
    case 'http':
      return createHttpDialogue(host);
  }
}
