/** Endings of words of medicine and of English that no family or given name is likely to have: what is in no list is a word if it ends so. */
const ENDINGS =
  /(?:itis|osis|oses|emia|emias|uria|algia|ectomy|otomy|ostomy|oscopy|ography|graphy|ology|ologist|iatric|iatrics|plasty|pathy|plegia|paresis|penia|cytosis|rrhea|rrhage|megaly|sclerosis|stenosis|tion|tions|sion|sions|ment|ments|ness|ical|ically|ous|ously|able|ible|ated|ating|ive|ively|ity|ities|ized|izing|ized|oma|omas|omata|genic|lytic|trophic|tropic|philia|philic|phobia|ectasis|ectatic|oid|oidal|aceae|ococcus|ococci|bacter|bacterium|mycin|cillin|cycline|azole|prazole|olol|pril|prils|sartan|statin|statins|dipine|azepam|azolam|oxacin|floxacin|mab|nib|vir|tidine|triptan|setron|gliptin|gliflozin|glutide|parin|xaban|caine|dronate|thiazide|semide|olone|asone|onide|terol|tropium|zosin|zepine|barbital|profen|fenac|oxetine|pramine|triptyline|zodone|idone|apine|peridol|azine|amide|amine|idine|ase|ases|ing|ings|ular|eal|ium|ology|ic|ics|ial|ally|less|ful|ward|wise)$/i;

/** Only of longer words: short names end in anything. */
const SHORTEST = 7;

/** Endings of family names the world over. */
const NAMES =
  /(?:d[oó]ttir|sson|sdotter|ovich|evich|ovna|evna|enko|chuk|ński|nski|wski|cki|ska|skyy?|skiy?|wicz|vich|vi[cć]|opoulos|akis|idis|escu|shvili|adze|yan|ian|nathan|swamy|murthy|oğlu|oglu|berg|stein|mann|feld|baum|quist|qvist|lund|strom|ström|gaard|stra|inga|elli|etti|ucci|nyi|ashvili|eira|inho|ez|ães|poulos|zadeh|ullah|uddin|wala|kar|gowda|chukwu|nkwo|weze|kumar|moto|mura|yama|gawa|shita|bayashi)$/i;

const SHORTEST_NAME = 6;

/** Whether a word that no list has ends as family names do. */
export function looksLikeName(text: string): boolean {
  return text.length >= SHORTEST_NAME && NAMES.test(text);
}

/** Whether a word that no list has looks like one of medicine or of English rather than like a name. */
export function looksLikeWord(text: string): boolean {
  return text.length >= SHORTEST && ENDINGS.test(text);
}
