import { listOf } from './words.ts';

/** Places that are names of people too, or stand beside one. A half of a person's name still (Austin Smith), never one alone. */
export const PLACES = listOf(`
abilene ababa adelaide africa african akron alabama alamo alaska albany alberta albuquerque alexandria allentown alps amarillo america american americas amsterdam anaheim anchorage andorra angola antigua antwerp arabia arabic argentina arizona arkansas
arlington armenia asheville asia asian athens atlanta atlantic auckland augusta aurora austin australia australian austria austrian babylon baghdad bahamas bahrain baltic baltimore bangkok bangladesh barbados barcelona basel
bavaria bayonne beaumont bedford beijing belfast belgium bergen berkeley berlin bermuda bern bethesda birmingham bismarck boise bolivia bologna bolton bombay bosnia boston botswana boulder bradford brazil brazilian brentwood bridgeport
brighton brisbane bristol britain british bronx brooklyn brownsville brussels budapest buffalo bulgaria burbank burlington burma cairo calgary california cambodia cambridge camden cameroon canada canadian canary canberra canterbury canton
cardiff caribbean carolina carrollton carson casablanca caucasian charleston charlotte chattanooga chelsea cherokee chesapeake cheyenne chicago chile china chinese cincinnati clarksville clearwater cleveland clifton clinton cologne colombia
colorado columbia columbus concord congo connecticut copenhagen cordoba cork cornwall corpus costa croatia cuba cuban cumberland cyprus czech dakota dallas danish danbury dayton daytona decatur delaware delhi denmark denton denver detroit
devon dominica dominican dover dresden dublin dubai eau duluth durham dutch ecuador edinburgh edmonton egypt egyptian england english erie essex estonia ethiopia eugene europe european evanston everett exeter fargo fiji filipino finland finnish
flint florence florida fontana france frankfurt fremont french fresno fullerton gainesville galveston garland geneva genoa georgia german germany ghana glasgow glendale gloucester grandview greece greek greensboro greenville greenwich guam guatemala guinea gulf
guyana haiti halifax hamburg hampshire hanover harlem harrisburg hartford havana hawaii hawaiian helena helsinki henderson hispanic holland hollywood honduras hong honolulu houston hudson hungary huntington huntsville iceland idaho illinois india indian
indiana indianapolis indonesia iowa iran iranian iraq iraqi ireland irish irvine israel israeli istanbul italian italy jackson jacksonville jakarta jamaica jamaican japan japanese jersey jerusalem johannesburg jordan kansas karachi kashmir kent kentucky kenya
kingston knoxville kong korea korean kuwait lafayette lagos lakeland lakewood lancaster lansing laos laredo latin latino latvia lebanon leeds leicester leipzig lexington liberia libya lima limerick lincoln lisbon lithuania liverpool livonia london
lubbock lucerne luxembourg lyon macedonia macon madison madrid malaysia malawi mali malta manchester manhattan manila marseille maryland massachusetts mecca medford mediterranean melbourne memphis mesa mexican mexico miami michigan middletown midwest
milan milford milwaukee minneapolis minnesota mississippi missouri mobile modesto moldova monaco mongolia montana monterey montgomery montreal morocco moscow mozambique mumbai munich myanmar nairobi namibia naperville naples nashville nassau
nebraska nepal netherlands nevada newark newcastle newport nicaragua niger nigeria nigerian norfolk normandy northampton norwalk norway norwegian norwich nottingham oakland oceanside ohio oklahoma omaha ontario orange oregon orlando oslo ottawa oxford
pacific pakistan palestine palmdale panama paraguay paris pasadena paterson peoria perth peru philadelphia philippines phoenix pittsburgh plano plymouth poland polish pomona portland portsmouth portugal portuguese prague preston princeton
providence provo prussia puerto quebec queens queensland racine raleigh reading reno rhode rhodesia richardson richmond rico riverside roanoke rochester rockford romania rome russia russian rwanda sacramento saginaw salem salinas
salvador samoa sandusky santiago sarasota saudi savannah scandinavia schenectady scotland scottish scottsdale scranton seattle senegal seoul serbia seville sevilla shanghai sheffield shreveport siberia sicily singapore slovakia slovenia
somalia somerset southampton spain spanish spokane springfield stamford stanford stirling stockholm stockton stratford sudan suffolk surrey sussex sweden swedish swiss switzerland sydney syracuse syria syrian tacoma taiwan taiwanese tallahassee
tampa tanzania taylorsville tennessee texas thailand toledo tokyo topeka toronto trenton trinidad tripoli tucson tulsa tunisia turkey turkish tuscaloosa uganda ukraine ukrainian uruguay utah utica valencia vallejo vancouver venezuela venice
vermont vernon verona victoria victorville vienna vietnam vietnamese virginia waco wales warsaw washington waterbury waterloo waukesha wellington westchester westminster wichita wilmington winnipeg winston wisconsin worcester wyoming yemen yonkers yorkshire
york zambia zimbabwe zurich
`);
