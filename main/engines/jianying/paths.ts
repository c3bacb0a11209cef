/**
 * How a path of the station is spelled for the client and back. The same string on Windows; under Wine the client sees
 * the station's files on drive Z:.
 */
export interface PathMap {
  toClient(local: string): string;
  fromClient(client: string): string;
}

export const samePaths: PathMap = { toClient: (path) => path, fromClient: (path) => path };

/** A client under Wine (or a simulated one), a station outside it. */
export const winePaths: PathMap = {
  toClient: (local) => `Z:${local.replaceAll('/', '\\')}`,
  fromClient: (client) => client.replace(/^[Zz]:/, '').replaceAll('\\', '/'),
};
