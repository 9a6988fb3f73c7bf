import type { Server, ServerResponse } from 'node:http';

/** `fail`: 500. `hang`: no answer, until the double is closed. `drop`: the connection is cut. */
export type Misbehaviour = 'deny' | 'throttle' | 'hang' | 'fail' | 'drop';

/** Writes an error as the service's protocol does. */
type WriteError = (response: ServerResponse, status: number, name: string, message: string) => void;

export function misbehave(how: Misbehaviour, response: ServerResponse, write: WriteError): void {
  switch (how) {
    case 'deny':
      write(response, 400, 'AccessDeniedException', 'User: arn:aws:iam::111122223333:user/cordon is not authorized');
      return;
    case 'throttle':
      write(response, 400, 'ThrottlingException', 'Rate exceeded');
      return;
    case 'fail':
      write(response, 500, 'InternalError', 'it broke');
      return;
    case 'drop':
      response.destroy();
      return;
    case 'hang':
      return;
  }
}

/** Listens on a free port of localhost. `close` cuts what hangs. */
export async function startServer(server: Server): Promise<{ endpoint: string; close: () => Promise<void> }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
