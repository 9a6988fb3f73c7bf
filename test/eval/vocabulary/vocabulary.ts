/** What one split writes with. Train and test share no name, no street and no sentence. All people are made up. */
export interface Vocabulary {
  readonly locales: readonly Locale[];
  /** Given name → what friends call its bearer. */
  readonly nicknames: Readonly<Record<string, string>>;
  readonly hospitals: readonly string[];
  readonly employers: readonly string[];
  /** Families and given names of staff. */
  readonly staff: readonly (readonly [given: string, family: string])[];
  readonly mailHosts: readonly string[];
}

export interface Locale {
  /** `en-US` */
  readonly code: string;
  readonly families: readonly string[];
  readonly female: readonly string[];
  readonly male: readonly string[];
  /** `#` stands for a house number. */
  readonly streets: readonly string[];
  readonly cities: readonly (readonly [city: string, region: string, postalCode: string])[];
  /** `#` stands for a digit, `2` for one from 2 to 9. */
  readonly phones: readonly string[];
  readonly nationalId: 'ssn' | 'nhs' | 'chi' | 'steuer-id' | 'insee' | 'dni' | 'bsn' | 'pesel' | 'personnummer' | 'none';
}

/** A list written in one line. */
export const list = (text: string): readonly string[] => text.split('|');
