/**
 * Sentences of clinical traffic that identify nobody, made of what detectors stumble over: diseases and instruments named after people, drugs
 * and makers that are names, words in capitals, numbers in the form of telephones, record numbers, dates and addresses. The splits share none.
 */
export interface CleanWords {
  /** What may stand in a sentence's braces: `{maker}`, `{maker2}`, `{MAKER}` in capitals. Numbers are both splits' (below). */
  readonly slots: Readonly<Record<string, readonly string[]>>;
  readonly sentences: readonly string[];
}
