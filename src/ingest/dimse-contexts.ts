import dimse from 'dcmjs-dimse';

type Association = InstanceType<typeof dimse.association.Association>;

const { PresentationContextResult } = dimse.constants;

const VERIFICATION = '1.2.840.10008.1.1';

/** Everything under these is a service other than storage (PS3.6 table A-1), but for what `STORED` names. */
const NOT_STORED = [
  '1.2.840.10008.1', // Storage Commitment, Media Storage Directory, logging, transfer syntaxes
  '1.2.840.10008.3', // performed procedure steps, detached management
  '1.2.840.10008.4', // the storage service class itself
  '1.2.840.10008.10', // real-time communication
  '1.2.840.10008.5.1.1', // print, media creation, display
  '1.2.840.10008.5.1.4.1.2', // query and retrieve
  '1.2.840.10008.5.1.4.1.1.200.4', // protocol approval queries
  '1.2.840.10008.5.1.4.1.1.200.5',
  '1.2.840.10008.5.1.4.1.1.200.6',
  '1.2.840.10008.5.1.4.1.1.201.2', // inventory queries
  '1.2.840.10008.5.1.4.1.1.201.3',
  '1.2.840.10008.5.1.4.1.1.201.4',
  '1.2.840.10008.5.1.4.1.1.201.5', // inventory creation
  '1.2.840.10008.5.1.4.1.1.201.6', // repository query
  '1.2.840.10008.5.1.4.20', // defined procedure protocol queries
  '1.2.840.10008.5.1.4.31', // modality worklist
  '1.2.840.10008.5.1.4.32', // general purpose worklist
  '1.2.840.10008.5.1.4.33', // instance availability notification
  '1.2.840.10008.5.1.4.34', // unified procedure steps, machine verification
  '1.2.840.10008.5.1.4.37', // relevant patient information
  '1.2.840.10008.5.1.4.38', // queries for hanging protocols, color palettes, implant templates
  '1.2.840.10008.5.1.4.39',
  '1.2.840.10008.5.1.4.41', // product characteristics
  '1.2.840.10008.5.1.4.42', // substance approval
  '1.2.840.10008.5.1.4.43',
  '1.2.840.10008.5.1.4.44',
  '1.2.840.10008.5.1.4.45',
];

/** Storage SOP classes whose UID stands among those of other services. */
const STORED = new Set([
  '1.2.840.10008.5.1.1.27', // stored print (retired)
  '1.2.840.10008.5.1.1.29', // hardcopy grayscale image (retired)
  '1.2.840.10008.5.1.1.30', // hardcopy color image (retired)
  '1.2.840.10008.5.1.4.34.1', // RT beams delivery instruction (trial)
  '1.2.840.10008.5.1.4.34.7', // RT beams delivery instruction
  '1.2.840.10008.5.1.4.34.10', // RT brachy application setup delivery instruction
  '1.2.840.10008.5.1.4.38.1', // hanging protocol
  '1.2.840.10008.5.1.4.39.1', // color palette
  '1.2.840.10008.5.1.4.43.1', // implant templates
  '1.2.840.10008.5.1.4.44.1',
  '1.2.840.10008.5.1.4.45.1',
]);

const UID = /^[\d.]{1,64}$/;

/**
 * Whether objects of this SOP class can be stored: any but those known to be of another service, so that private classes and those
 * of later editions come in too.
 */
export function isStorage(uid: string): boolean {
  if (!UID.test(uid)) return false;
  return STORED.has(uid) || !NOT_STORED.some((root) => uid === root || uid.startsWith(`${root}.`));
}

/**
 * Answers each proposed presentation context (PS3.8 §9.3.3.2): verification and storage are accepted, with the first transfer
 * syntax that the sender names, whichever it is: nothing is decoded here. We are never a requestor: the SCP role is not granted.
 */
export function answerContexts(association: Association): void {
  for (const { context } of association.getPresentationContexts()) {
    const abstract = context.getAbstractSyntaxUid();
    const first = context.getTransferSyntaxUids().find((uid) => UID.test(uid));
    if (abstract !== VERIFICATION && !isStorage(abstract))
      context.setResult(PresentationContextResult.RejectAbstractSyntaxNotSupported);
    else if (first === undefined) context.setResult(PresentationContextResult.RejectTransferSyntaxesNotSupported);
    else context.setResult(PresentationContextResult.Accept, first);
    if (context.getProviderRole() === true) context.setProviderRole(false);
  }
}

/** Ids of the contexts that were accepted. */
export function acceptedContexts(association: Association): ReadonlySet<number> {
  return new Set(
    association
      .getPresentationContexts()
      .filter(({ context }) => context.getResult() === PresentationContextResult.Accept)
      .map(({ id }) => id),
  );
}
