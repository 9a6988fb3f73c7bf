/** Lists are written as they would be looked up in a dictionary, a blank between words; a tilde joins the words of a phrase. */
export function listOf(text: string): readonly string[] {
  return text.toUpperCase().split(/\s+/).filter(Boolean);
}
