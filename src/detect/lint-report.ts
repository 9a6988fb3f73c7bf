/** Takes what is wrong with a rule: the key, and what to do. */
export type Report = (path: readonly PropertyKey[], message: string) => void;
