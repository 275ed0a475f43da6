import type { AddressInfo, Server } from 'node:net';

/** Opens a server on 127.0.0.1 and gives its port; 0 takes a free one. Rejects when the port is taken. */
export const listenOnLoopback = async (server: Server, port = 0): Promise<number> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  // Only a server on a pipe, or one that is closed, has another kind of address.
  return (server.address() as AddressInfo).port;
};
