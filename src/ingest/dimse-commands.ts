import {
  C_CANCEL_RQ,
  C_ECHO_RQ,
  C_STORE_RQ,
  INVALID_PARAMETER,
  type Pdv,
  ProtocolError,
  readCommandHead,
  UNEXPECTED_PDU,
} from './dimse-pdu.ts';

/** Commands have some UIDs and numbers, and never as much as this. */
const LONGEST_COMMAND = 16 * 1024;

export interface CommandCheck {
  /** Throws ProtocolError for what may not come now. */
  check(value: Pdv): void;
}

/**
 * Holds the values of an association to their order (PS3.7 §6.3): a command, then its data set where it has one. Only what was
 * negotiated may come, so that nothing but data sets of C-STORE is ever gathered: C-STORE, C-ECHO, and C-CANCEL, which does nothing.
 */
export function createCommandCheck(): CommandCheck {
  let command: Buffer[] = [];
  let length = 0;
  /** The context of the data set that must come; null while a command must. */
  let dataSet: number | null = null;

  function begin({ context, last, value }: Pdv): void {
    length += value.length;
    if (length > LONGEST_COMMAND) throw new ProtocolError('a command over its length', INVALID_PARAMETER);
    command.push(value);
    if (!last) return;
    const head = readCommandHead(Buffer.concat(command));
    command = [];
    length = 0;
    if (head.field === C_STORE_RQ) dataSet = head.dataSet ? context : null;
    else if ((head.field !== C_ECHO_RQ && head.field !== C_CANCEL_RQ) || head.dataSet)
      throw new ProtocolError('an operation that was not negotiated', UNEXPECTED_PDU);
  }

  return {
    check(value) {
      if (value.command !== (dataSet === null)) throw new ProtocolError('a value out of turn', UNEXPECTED_PDU);
      if (dataSet === null) begin(value);
      else if (value.context !== dataSet) throw new ProtocolError('a data set of another context', INVALID_PARAMETER);
      else if (value.last) dataSet = null;
    },
  };
}
