import { userInfo } from 'node:os';

/** Who runs a command on the machine, as the audit log names them: whom the operating system knows, and no account of the desk. */
export function operator(): { readonly actor: string; readonly role: string } {
  return { actor: `cli:${userInfo().username}`, role: 'operator' };
}
