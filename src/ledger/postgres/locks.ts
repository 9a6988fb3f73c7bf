/** `CRDN`, as in the SQLite file: the first key of our advisory locks, so that they meet nobody else's in this database. */
const CORDON = 0x4352444e;

/** Takes a lock until the transaction ends; waits for whoever has it. */
const take = (lock: number): string => `SELECT pg_advisory_xact_lock(${CORDON}, ${lock})`;

/** One process brings the schema up to date. */
export const LOCK_MIGRATING = take(1);
/** One batch of the whole cluster writes at a time. */
export const LOCK_WRITING = take(2);
/** One process drops months. Held until its session ends; `got` is false where another one has it. */
export const TRY_DROPPING = `SELECT pg_try_advisory_lock(${CORDON}, 3) AS got`;

/** Others wait while we wait for those who read a table that we change: past a moment we give up, and come again with the next round. */
export const A_MOMENT = "SET LOCAL lock_timeout = '500ms'";
