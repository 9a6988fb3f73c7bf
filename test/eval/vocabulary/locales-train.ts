import { type Locale, list } from './vocabulary.ts';

/** People of other parts of the world, most of them living in the United States, and three more countries of Europe. */
const AMERICAN = {
  streets: list(
    '# Rosedale Ct|# E 119th St, Apt 6C|RR 2 Box #|# Hwy 61 N, Lot 14|# Calle del Sol|# Ocean Pkwy #9B|# Fox Hollow Dr|#-12 41st Ave|# Pl. Lafayette|# Broadway, Ste 300',
  ),
  cities: [
    ['Dearborn', 'MI', '48126'],
    ['Fremont', 'CA', '94538'],
    ['Roswell', 'NM', '88201-4417'],
    ['Fargo', 'ND', '58102'],
    ["Coeur d'Alene", 'ID', '83814'],
    ['Winston-Salem', 'NC', '27101'],
    ['Paris', 'TX', '75460'],
    ['Port St. Lucie', 'FL', '34952'],
  ],
  phones: list('(2##) 555-01##|2##-555-01##|2## 555 01##|+1-2##-555-01##'),
  nationalId: 'ssn',
} as const satisfies Partial<Locale>;

export const LOCALES_TRAIN: readonly Locale[] = [
  {
    ...AMERICAN,
    code: 'ar-US',
    families: list('Al-Khatib|El-Sayed|Haddad|bin Rashid|Abu Zayd|Mansour|al Jabari|Abdelrahman|Ben Youssef'),
    female: list('Layla|Noura|Umm Kulthum|Rania|Zeinab|Khadija'),
    male: list('Omar|Abdul Karim|Tariq|Yousef|Muhammad Ali|Bilal'),
  },
  {
    ...AMERICAN,
    code: 'hi-US',
    families: list('Venkataraman|Singh|Kaur|Chaudhuri|Sivasubramanian|Deshmukh|Gupta|Das|Krishnamurthy Iyengar|Bose'),
    female: list('Lakshmi|Harpreet|Anjali|Devi|Sri Vidya|Meenakshi'),
    male: list('Gurpreet|Arjun|Balakrishnan|Om|Ravi Shankar|Suresh'),
  },
  {
    ...AMERICAN,
    code: 'yo-US',
    families: list("Oluwaseun|Nkrumah|Mbeki-Tau|Tesfaye|Diallo|N'Diaye|Achebe|Mutombo|Wanjiru|Boateng"),
    female: list('Ngozi|Adaeze|Abeba|Fatoumata|Blessing|Thandiwe'),
    male: list('Kwabena|Chukwuemeka|Tendai|Goodluck|Mamadou|Sipho'),
  },
  {
    ...AMERICAN,
    code: 'ru-US',
    families: list('Volkov|Petrenko|Shcherbakova|Novak|Horvat|Dvořák|Jovanović|Kuznetsova|Ó Briain|Ilić-Marković'),
    female: list('Svetlana|Oksana|Milica|Zdeňka|Anastasia'),
    male: list('Dmitri|Volodymyr|Zoran|Jiří|Vasily'),
  },
  {
    ...AMERICAN,
    code: 'ko-US',
    families: list('Park|Jung|Yoon|Tanaka|Suzuki|Matsuda|Choi|Ng|Lau|Guo|Sato|Yamamoto|Tsai|Ong'),
    female: list('Ji-woo|Eun Ji|Haruka|Sakura|Siu Ling|Yuna'),
    male: list('Min-jun|Sung Ho|Takeshi|Kazuhiro|Chi Keung|Yong'),
  },
  {
    ...AMERICAN,
    code: 'mx-US',
    families: list('Villanueva Ochoa|de los Santos|Zúñiga|Reyes y Reyes|Garza-Treviño|da Silva|Nuñez|San Martín|Cruz|Luna'),
    female: list('Guadalupe|María del Carmen|Xóchitl|Rosa|Milagros|Paz'),
    male: list('Jesús|Juan Carlos|Ángel|Refugio|Salvador|Cuauhtémoc'),
  },
  {
    ...AMERICAN,
    code: 'xx-US',
    families: list(
      "O'Shaughnessy|D'Angelo|Van Dyke|Mc Carthy|MacDonald|De La Rosa|Fitzgerald-Moore|Le Blanc|St. John|Kealoha|Begay|Littlefeather|Rice|Wall|Case|Day|Bloom|Green|Black|Christmas|Pope|Bishop|English|Church|Ball|Hand|Sharp|Speed|Love|Savage|Drinkwater|Ford|Banks",
    ),
    female: list('Mercy|Spring|Autumn|Dawn|Mary-Kate|Precious|Destiny|Jo|Saoirse|Malia|Chastity|Ginger|Ivy|Sue Ellen|Brandi'),
    male: list("Jack|Chase|Grant|Guy|Sonny|Rusty|Ja'Marcus|Lance|Bo|Christian|Duke|Forest|Rich|T.J.|Miles|Pace"),
  },
  {
    code: 'it-IT',
    families: list("D'Amico|Esposito|De Luca|Lo Presti|Ricci|Dell'Orto|Conti|Mazzini"),
    female: list('Giulia|Assunta|Maria Grazia|Nicolò|Loredana'),
    male: list('Giuseppe|Salvatore|Pierluigi|Niccolò|Gennaro'),
    streets: list('Via Garibaldi #|Corso Italia, #/B|Piazza del Duomo #|Viale dei Tigli #'),
    cities: [
      ['Reggio Emilia', 'RE', '42121'],
      ["L'Aquila", 'AQ', '67100'],
      ['Forlì', 'FC', '47121'],
    ],
    phones: list('+39 06 555 01##|06 555 01##|347 555 01##|051/55501##'),
    nationalId: 'none',
  },
  {
    code: 'da-DK',
    families: list('Mortensen|Ravnsborg|Bach Nielsen|Østergaard|Thygesen'),
    female: list('Vibeke|Mette-Marie|Ingelise|Bodil'),
    male: list('Svend|Søren|Bjarne|Niels Peter'),
    streets: list('Vestergade #, 2. tv.|Strandvejen #|Nørrebrogade #, st. th.'),
    cities: [
      ['Aarhus C', '', '8000'],
      ['Køge', '', '4600'],
    ],
    phones: list('+45 32 55 01 ##|32 55 01 ##|325501##'),
    nationalId: 'none',
  },
  {
    code: 'pt-PT',
    families: list('Ferreira da Costa|Gonçalves|Simões|dos Santos|Araújo Pereira|Leão'),
    female: list('Conceição|Maria do Céu|Inês|Graça'),
    male: list('João Pedro|Tomé|Luís Filipe|Simão'),
    streets: list('Rua das Flores, #|Av. da Liberdade, #, 3.º Dto|Travessa do Carmo #'),
    cities: [
      ['Évora', '', '7000-512'],
      ['Vila Nova de Gaia', '', '4400-017'],
    ],
    phones: list('+351 21 555 01##|21 555 01 ##|912 555 0##'),
    nationalId: 'none',
  },
];

export const NICKNAMES_TRAIN: Readonly<Record<string, string>> = {
  Dolores: 'Lola',
  Beverly: 'Bev',
  Guadalupe: 'Lupita',
  Salvador: 'Chava',
  Dmitri: 'Dima',
  Svetlana: 'Sveta',
  Anastasia: 'Nastya',
  Muhammad: 'Mo',
  Yousef: 'Joe',
  Chukwuemeka: 'Emeka',
  Kazuhiro: 'Kaz',
  Giuseppe: 'Peppino',
  Saoirse: 'Sersh',
  Curtis: 'Curt',
  Christian: 'Chris',
};
