import { listOf } from './words.ts';

/** Makers of equipment, medicines and systems, their products, chains of hospitals and pharmacies, payers. */
export const MAKERS = listOf(`
abbott abbvie abiomed accuray acuson agfa alaris alcon alere align allergan allscripts allura alinity ambu amgen analogic apple aquilion arrow arthrex artis astellas astrazeneca athenahealth atellica axiom
bard barco baxter bayer beckman becton biacore biogen biomerieux biomet biorad biosense biotronik boehringer boston brainlab braun brilliance bruker cardinal carefusion carestream cellavision cepheid cerner
centricity cerus chattanooga cobas colgate conmed convatec cook coulter covidien cvs cytiva dade dako datascope dell depuy dexcom diasorin dickinson discovery draeger drager dynacad edwards
elekta elscint elsevier enteryx epic epiq esaote ethicon evis exactech excelsius fitbit fluke fonar fresenius fuji fujifilm fujinon gambro garmin genentech genzyme getinge gilead glaxo glidescope gyrus
haemonetics hamamatsu healthineers heraeus hewlett hillrom hitachi hologic honeywell hospira hoya ibm icu illumina immulite ingenia instrumentarium insulet intellivue intuitive invacare iqvia janssen
 kaiser kavo kodak konica labcorp leica lifepak lightspeed linde logiq lunit lumenis magnetom mako masimo maquet mckesson medela meditech medrad medtronic merck merge
merit microsoft mindray minolta mobilett molnlycke mortara nellcor neusoft nextgen nihon nikon nobel nokia novartis novo nucletron nuance olympus omnicell omron optiplex optovue ortho osirix orthofix
oxford panasonic pentax perkin perkinelmer permanente pfizer philips phadia physio pixelmed planmeca polaroid polycom precisa puritan pyxis quest quidel radiometer rayence resmed respironics revolution roche samsung sanofi
sarns sectra sensus shimadzu siemens signa smiths somatom sonosite sony sorin spacelabs spectranetics steris storz stratasys stryker sunquest sutter swissray symphony synapse synthes sysmex tandem tecan telcor
telemis terason teva thermo toshiba trophy triathlon tosoh trumpf tyco uih ventana verathon vaxcel verily vertis vidar viking visage vitek vitros vital vivid vidas volcano voluson walgreens walmart waters
welch wyeth xerox xper yokogawa zeiss zimmer zoll zonare rapidlab advia architect axsym dimension centaur versant triage istat accuchek onetouch freestyle glucometer contour ascensia lifescan
aetna anthem cigna humana medicare medicaid tricare carefirst centene molina wellcare wellpoint amerigroup ambetter geisinger intermountain
athena athenahealth allscripts sunrise elation epic meditech cerner millennium rauland brady zebra vida lyphochek
eitan teleflex rüsch portacath sarstedt novii podhaler boc dewar hylo flaminal servo weitlaner monnal fabius primus zeus hyland matachana pulmozyme bramitob
okta imprivata corepoint cloverleaf artemis jaeger thea marena concor lisa tele spiro molina ambetter waystar milliman interqual novo lilly arjo permobil invacare ottobock harloff sysco
`);
