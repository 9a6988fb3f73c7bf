/** Years first, or last with the month or the day before it; and months by name as English reports write them. */
const DAY_FORMS = [
  /(?<!\d)(?<y>(?:19|20)\d{2})[-/. ]?(?<m>\d{1,2})[-/. ]?(?<d>\d{1,2})(?!\d)/,
  /(?<!\d)(?<m>\d{1,2})[-/. ](?<d>\d{1,2})[-/. ](?<y>(?:19|20)\d{2})(?!\d)/,
  /(?<!\d)(?<d>\d{1,2})[-/. ](?<m>\d{1,2})[-/. ](?<y>(?:19|20)\d{2})(?!\d)/,
  /(?<!\d)(?<d>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?<n>[a-z]{3})[a-z]*\.?,?[\s-]+(?<y>(?:19|20)\d{2})(?!\d)/i,
  /(?<![a-z])(?<n>[a-z]{3})[a-z]*\.?[\s-]+(?<d>\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(?<y>(?:19|20)\d{2})(?!\d)/i,
];
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** The days, `YYYYMMDD`, that a written date may mean: `3/4/1962` is one of March or of April. */
export function daysOf(text: string): string[] {
  const days = DAY_FORMS.flatMap((form) => {
    const { y = '', m, d = '', n = '' } = form.exec(text)?.groups ?? {};
    const month = m === undefined ? MONTHS.indexOf(n.toUpperCase()) + 1 : Number(m);
    const isDay = month >= 1 && month <= 12 && Number(d) >= 1 && Number(d) <= 31;
    return isDay ? [`${y}${String(month).padStart(2, '0')}${d.padStart(2, '0')}`] : [];
  });
  return [...new Set(days)];
}
