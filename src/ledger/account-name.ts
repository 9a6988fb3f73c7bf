/** How names of accounts are compared: `Dana` and `ｄａｎａ` are one person. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().trim();
}
