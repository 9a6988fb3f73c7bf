/** What scripts/generate-towns.ts cannot know: from memory, facts. */

const list = (text: string): string[] => text.trim().split(/\s*,\s*/);

/** Names in English of towns that the list has in their own language, and older names that people still say. */
export const TOWNS_ABROAD: readonly string[] = list(`
Cologne, Nuremberg, Munich, Hanover, Brunswick, Aix-la-Chapelle, Vienna, Geneva, Basle, Berne, Lucerne, Zurich, Prague, Pilsen, Warsaw, Cracow, Krakow, Lodz, Danzig, Breslau, Budapest, Bucharest,
Belgrade, Athens, Salonica, Thessaloniki, Rome, Milan, Turin, Genoa, Venice, Florence, Naples, Leghorn, Syracuse, Seville, Saragossa, Cordoba, Corunna, La Coruña, A Coruña, Lisbon, Oporto, Brussels, Antwerp,
Ghent, Bruges, Louvain, The Hague, Flushing, Copenhagen, Gothenburg, Helsinki, Moscow, Saint Petersburg, Kiev, Kyiv, Odessa, Kharkiv, Lviv, Donetsk, Mariupol, Minsk, Vilnius, Riga, Tallinn, Istanbul, Ankara,
Izmir, Aleppo, Damascus, Homs, Beirut, Baghdad, Basra, Mosul, Tehran, Kabul, Kandahar, Herat, Mogadishu, Hargeisa, Addis Ababa, Asmara, Khartoum, Cairo, Tripoli, Algiers, Casablanca, Dakar, Freetown,
Monrovia, Kinshasa, Lubumbashi, Kampala, Kigali, Harare, Bulawayo, Lusaka, Bombay, Madras, Calcutta, Bangalore, Poona, Trivandrum, Cochin, Calicut, Baroda, Benares, Mysore, Mangalore, Vizag,
Pondicherry, Trichy, Chittagong, Dacca, Rangoon, Yangon, Saigon, Hanoi, Da Nang, Peking, Beijing, Canton, Manila, Tel Aviv, Jerusalem, Beersheba, Be'er Sheva, Bethlehem, Nazareth, Ramallah,
New York, New York City, Washington DC, Port-au-Prince, Kingston, San Juan, Santo Domingo, Tegucigalpa, San Pedro Sula, San Salvador, Guatemala City, Mexico City, Ciudad Juárez, Oaxaca, Ponce
`);

/** Names that are something else nearly always, capital or not: no town even after a strong sign. States and countries are larger than what counts. */
export const TOWNS_NEVER: ReadonlySet<string> = new Set(
  list(`
MAY, MARCH, AUGUST, SUNDAY, UNION, CENTER, CENTRAL, CENTRE, SURGERY, HOME, HOPE, PROGRESS, WARD, BATTLE, ENERGY, EAST, WEST, NORTH, SOUTH, COLLEGE, UNIVERSITY, HOSPITAL, OXYGEN, LANCE, IRON, SODA, HEALTH, STAGE,
MRI, ECHO, IDEAL, NORMAL, BASIN, BANKS, PLAZA, BLOOD, GENERAL, DAY, NIGHT, BED, ROOM, REHAB, HALL, HOUSE, SPINE, CANADA, AMERICA, MEXICO, PERU, CUBA, LEBANON, POLAND, NORWAY, JORDAN, CHINA, INDIA, ENGLAND, SCOTLAND,
WALES, IRELAND, HOLLAND, TURKEY, BRAZIL, GERMANY, FRANCE, SPAIN, ITALY, EGYPT, DENMARK, SWEDEN, LOUISIANA, OKLAHOMA, CALIFORNIA, NEVADA, OREGON, WASHINGTON, COLORADO, INDIANA, FLORIDA, IOWA, KANSAS, ALABAMA,
ARKANSAS, MISSOURI, MINNESOTA, TEXAS, OHIO, UTAH, VIRGINIA, DELAWARE, GEORGIA, MICHIGAN, MONTANA, WYOMING, IDAHO, VERMONT, MAINE, NEBRASKA, PENNSYLVANIA, TENNESSEE, KENTUCKY, ONTARIO, ALBERTA, MANITOBA, QUEBEC,
VICTORIA, PUERTO RICO, LUXEMBOURG, SINGAPORE, PANAMA, KUWAIT, GREECE, CYPRUS, MALTA, BALI, CROATIA, ALBANIA, HONDURAS, GUATEMALA, EL SALVADOR, JAMAICA, HAITI, GAMBIA, GUINEA, CONGO, SUDAN, NIGER, MALI, CHAD, OMAN, QATAR, SYRIA,
PALESTINE, TUNIS, ALGERIA, BERMUDA, BAHAMAS, BARBADOS, TRINIDAD, SANTO, BROADWAY
`),
);

/** Names of studies, scores, viruses, companies, tests and units, or words: towns only where something says so. */
export const TOWNS_UNSURE: ReadonlySet<string> = new Set(
  list(`
FRAMINGHAM, BETHESDA, ROTTERDAM, MARBURG, LEIDEN, COXSACKIE, LYME, OLD LYME, HENDRA, ZIKA, EBOLA, LASSA, BANFF, SCHWARZENBERG, TANNER, STANFORD, DUKE, MAYO, HOPKINS, JEFFERSON, EMORY, CORNELL, HARVARD, TUFTS,
BAYLOR, ABBOTT PARK, BRANFORD, RANCHO, WESTERN, SOUTHERN, NORTHERN, RENO, MEDINA, SALINE, CYPRESS, LABELLE, LAKESIDE, RIVERSIDE, HILLSIDE, LAKEVIEW, WOODLAND, PARKSIDE, FAIRVIEW, MERCY, PROVIDENCE, SHARON,
BRIDGEPORT, WATERFORD, EPSOM, LUER, VERO, EASTON, MONROE, CLINTON, MILTON, MARION, ORANGE, CORONA, EDEN, MARS, COMFORT, SUMMIT, SANFORD, OTHELLO, AVON, ALCOA, DIAMOND, DELTA, INDEPENDENCE, LIBERTY, FREEDOM,
EMPIRE, ENTERPRISE, CRESCENT, MEDICAL LAKE, STATE COLLEGE, MIDWAY, VOLGA, ESSEN, HOF, BERGEN, BADEN, BINGEN, SIEGEN, SINGEN, MESSINA, SALA, PALMA, BARI, LECCE, RUHE, HALLE, FULDA, GERA, BRAND, STADE, BUCHEN, BARTH
`),
);
