import { describe } from '@jest/globals';
import { storeContract } from './contract.ts';
import { createPatientDatabase, onServer, SERVER } from './postgres-server.ts';

(SERVER === undefined ? describe.skip : describe)('the store in PostgreSQL', () => {
  storeContract(async () => {
    const { url, remove } = await createPatientDatabase();
    return {
      data: url,
      migrateFurther: async () => {
        await onServer(
          `insert into kysely_migration (name, timestamp) values ('2999-01-01-later', '2999-01-01T00:00:00Z')`,
          url,
        );
      },
      remove,
    };
  });
});
