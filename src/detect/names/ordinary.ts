import { listOf } from './words.ts';

/**
 * Names that the dictionary has as a word too, but which stand for a person wherever they are capitalized: nobody writes of a john, a peter or a
 * smith in a note.
 */
export const ABOVE_ALL_NAMES = listOf(`
aaron albert alexander alice allison amy andrew ann anna anne anthony barbara benjamin betty brian carl carol carolyn catherine charles christine christopher colleen daniel david deborah dennis diane donald donna dorothy
douglas edward elizabeth emily eric frances gary george gerald gloria gregory harold harry heather helen henry howard jacob james jane janet jason jeffrey jennifer jerry jesse jessica jill jimmy joan johnny joe john jonathan jose joseph josh joshua
joyce juan judith judy julia julie karen katherine kathleen kathy keith kelly kenneth kevin kimberly larry laura lawrence linda lisa louis louise lois mabel margaret margarita maria marie marilyn martha martin mary matt matthew melissa michael michelle mike molly nancy
nathan nelson nicholas nicole norma pamela patrick paul peter philip phillip phyllis rachel ralph raymond rebecca richard rick robert roger ronald roy russell ruth ryan samuel sandra sara sarah scott sean sharon sheila shirley stephanie stephen
steven susan teresa terry theresa thomas timothy tom tony tyler veronica victor vincent virginia walter wayne william jack adam archer blake cole reid ana carol dan fred glen jay jean kay ken kim leo lee robin ron sue holly jenny barney bobby billy charlie ted teddy troy randy joey mickey kelvin
alvarez anderson bailey baker bates barker barrios beck bowers bowman bradley brewer brooks carter chandler collier collins cooper cox crawford davenport davis dickens dixon drake edwards evans fisher fletcher freeman garcia gardner garner gibbons
gibson gomez gonzalez griffin hansen harris harrison hernandez hicks hogan hoover howell hudson hughes hawkins jenkins johnson johnston jones jordan kaiser khan lam larson lewis lopez lynch marshall martinez mason mercer meyer miller mills mitchell moore
morgan morris murphy murray myers nelson newton nguyen obrien olson owens parker patterson perez perkins peters peterson phillips pollard potter powell ramirez reeves reyes reynolds richardson rivera roberts robertson robinson rodriguez rogers ross
ruiz russell ryan sanchez sanders sawyer schmidt schultz shah shaw simmons simpson sims smith snyder spencer stephens stevens stewart sullivan taylor thompson torres tucker turner wagner  wallace washington watson webb begum tran khan wheeler williams williamson
wilson wright yang butler tanner walsh mccarthy mackay nolan dougherty hickey bullock whitehead greenwood cutler pollock wagoner
dieter
`);

/** Words at the head of a sentence, a list or a form that are names of people as well, beyond what the dictionary says of how common they are. */
export const WORDS_FIRST = listOf(`
abby able ace ali alpha alta an angel apple april art august autumn bam barb bay bell ben beta bill bo brandy brook bud buster cal can candy cap cap cat chance chase cherry chip christian christmas chuck cloud colt coral 
cy dale dawn dee del delta destiny diamond dick doc don dot drew early easter ed eden else eve ever fairy faith fawn fern fleet flora flor ford forest frank gage gay gene genesis gin ginger grace grant gray guy hale harbor harmony hazel heath heaven 
honor hope hunter in iris ivory ivy jade jasmine jersey jet jewel jolly journey june justice king kit lake lance lane laurel les li liberty love lucky mac major man mar margin mari mark marsh max may mel melody mercy merry 
mi miles min miracle misty mo moon my naval nevada nick noble noel ok olive opal or page paris pat patience pearl penny pet piper porter precious prince princess queen rain ray red rich river rob rock rocky rod roman rose rosemary royal ruby
rusty sage sal sam sandy scarlet serenity shade shad shine sierra sky so son spring star sterling stone storm su summer sunny tab tad tally tan temple tiny tip tod trace treasure trinity trip ty unique verity violet wade ward way wiley will winter woody zen do to no see long
viet vit islam ashkenazi yale lexi isom chole palacos coartem sonicaid oncotype
bahasa malayalam tamil telugu hindi urdu gujarati marathi punjabi tagalog swahili igbo yoruba hausa amharic tigrinya xhosa zulu pashto dari farsi cantonese mandarin hmong khmer nepali sinhala ilocano
det karta änka vive sie tagen beba avis eines onder toma
dear lord miss master sister brother mother father baby twin male female unknown test patient provider nurse doctor
`);
