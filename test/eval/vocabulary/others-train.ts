/** Who is neither patient nor kin in the train split. */

export const HOSPITALS =
  "Mercy General Hospital|St. Luke Medical Center|Riverside Clinic|Northgate Regional|Klinikum am Park|Sister Bernadette Memorial|UZ Westpoort|Hôpital de la Croix-Verte|Prairie View VA|Lakeshore Women's & Children's|Azienda Ospedaliera Santa Chiara|Kaplan-Reyes Eye Institute|Hospital do Outeiro";

export const EMPLOYERS =
  "Hartwell Plumbing|Blue Lake School District|Dunmore Freight LLC|City of Arden|J. Alvarado & Sons Roofing|Tri-County Sheriff's Office|Bäckerei Ohlsson GmbH|Kestrel Aviation Services, Inc.|the Brightwater mill|Garcia Brothers Produce|Foodmart #1180|Pike & Lowell LLP|Precision Castings of Ohio|Little Acorns Daycare|Vandermeer Dairy Farms|Transportes Iruña S.L.|Halvorsen Shipping A/S|Mount Hebron Baptist Church|Quik Lube|Nakamura Nurseries|USPS Carrier Annex|3rd Coast Brewing Co.";

export const STAFF: readonly (readonly [given: string, family: string])[] = [
  ['Susan', 'Hale'],
  ['Rajesh', 'Iyer'],
  ['Peter', 'Lindgren'],
  ['Olu', 'Adeyemi'],
  ['Miriam', 'Katz'],
  ['Thomas', 'Brandt'],
  ['Yuki', 'Morita'],
  ['Anne', 'Dupont'],
  ['Xiu Ying', 'Feng'],
  ['Abdullah', 'Al-Mutairi'],
  ['Conor', "O'Dowd"],
  ['Beatriz', 'Salgado Prieto'],
  ['Katarzyna', 'Zielonka'],
  ['Jan-Willem', 'van der Zee'],
  ['Femi', 'Balogun'],
  ['Hye-jin', 'Seo'],
  ['Mary Beth', 'Fish'],
  ['Winston', 'Small'],
  ['Francesca', 'Lombardo'],
  ['Venkatesh', 'Rao'],
  ['Ann', 'Gray'],
  ['Gunnar', 'Thorsen'],
];
