import { type Builder, type Executor, once } from '../statement.ts';

/** Patients of an incident that are looked for in others: so many are enough to say that two are about the same people. */
const COMPARED_PATIENTS = 500;

/** Which incidents are about the same people. By the key of both tables: however many patients the other one has, they are not walked through. */
export function relatedReads(db: Builder) {
  function sharedQuery(incident: string, other: string) {
    const own = db
      .selectFrom('incident_patients')
      .select('patient')
      .where('incident', '=', incident)
      .orderBy('patient')
      .limit(COMPARED_PATIENTS);
    return once(
      db
        .selectFrom(own.as('own'))
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where((eb) =>
          eb.exists(
            eb
              .selectFrom('incident_patients as theirs')
              .select('theirs.patient')
              .where('theirs.incident', '=', other)
              .whereRef('theirs.patient', '=', 'own.patient'),
          ),
        ),
    );
  }

  return {
    sharedQuery,
    /** Of the first COMPARED_PATIENTS patients of an incident, how many each of the others has too; in their order. */
    async sharedPatients(x: Executor, incident: string, others: readonly string[]): Promise<readonly number[]> {
      return Promise.all(others.map(async (other) => (await x.get(sharedQuery(incident, other)))?.count ?? 0));
    },
  };
}
