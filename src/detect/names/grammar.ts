import { hashes } from './words.ts';

/** What begins a sentence or a signature and is somebody's name somewhere: `The Heart Failure Team`, `Ihr Stationsteam`. */
export const GRAMMAR: ReadonlySet<number> = hashes(
  `the this that these those your our my his her their its to from of on at in by for with and or but nor not no yes if as all any each more most such same other both
    ihr ihre ihren ihrem unser unsere sein seine und oder nicht kein keine mit ohne bei beim zum zur vom wir votre vos notre nos leur oui non et ou ne pas pour avec sans dans sur
    su sus nuestro nuestra si y o con sin para por gli il un una suo sua nostro nostra loro sono uw ons onze of met zonder voor bij vår våra ert din ditt deres vores vår ja nej nei
    i've i'm i'll i'd you've you're you'll we've we're we'll they've they're they'll he'll she'll there's that's it's don't didn't doesn't can't won't isn't wasn't couldn't wouldn't shouldn't haven't hasn't hadn't let's
    og eller med uten uden och utan elle elles nasz nasza nasze oraz lub bez dla przez przy sayın`,
);
