/**
 * How many jobs a worker may have, where each carries several ids and the ids that run at once are what is limited. BullMQ counts
 * jobs, those that it is fetching included, and fetches several before the first runs. So each one which it has not got yet counts as
 * `most` ids: there are never more than `concurrency`, and a worker that has no room for a whole job leaves it to others.
 */
export function createRoom(concurrency: number, most: number) {
  const left = new Map<string, number>();
  let ids = 0;
  function change(job: string, count: number): void {
    ids += count - (left.get(job) ?? 0);
    left.set(job, count);
  }
  return {
    /** Jobs, at least one: what BullMQ's `concurrency` has to be now. */
    jobs: (): number => Math.max(1, left.size + Math.floor((concurrency - ids) / most)),
    took: (job: string, count: number): void => change(job, count),
    /** One id of it has ended. */
    ended: (job: string): void => change(job, Math.max(0, (left.get(job) ?? 0) - 1)),
    gone(job: string): void {
      change(job, 0);
      left.delete(job);
    },
  };
}
