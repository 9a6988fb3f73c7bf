/** Polish, Swedish, Danish, Norwegian and Finnish. */

const POLISH: readonly string[] = [
  'Ostrość wzroku 0,8, Goldmann 15/14, test Amslera prawidłowy. Skierowany do Poradni Jaskry. Krople: Xalacom.',
  'Omówiono z Chirurgiem, konsultacja przez Neurologa, przekazano na Oddział. Rodzina poinformowana przez Lekarza dyżurnego.',
  'Powrót z Tanzanii, gorączka. Gruba kropla ujemna. Szczepienie przed wyjazdem do Wietnamu. Zalecenia Sanepidu wydano.',
  'Nadawca: Apteka. Oddział: Wewnętrzny. Lekarz: Dyżurny. Temat: Recepta. Miejsce: Parter. Nazwa leku: Polocard. Kontakt: Rejestracja.',
  'Jadłospis: Barszcz ukraiński, Kotlet de Volaille, Pierogi ruskie, Kisiel. Dieta: Ryż z Jabłkiem. Woda Nałęczowianka.',
  'Skale: Glasgow 15, Norton 17, Barthel 80, Tinetti 22, Douglas 20. Wypełniła Pielęgniarka z Rodziną. Cel: Dom z Opieką.',
  'Grafik: Rano A, Popołudnie B, Noc C. Dyżur: lek. A, Wigilia: Zespół Zielony. Zamiany przez Oddziałową.',
  'Liczenie: Kocher 6, Pean 8, Mikulicz 4, Langenbeck 2. Chusty 10 z 10. Zgodne z Instrumentariuszką.',
  'DRUKARKA IZBA PRZYJEC BEZ PAPIERU. ZADANIE DO REJESTRACJI. ZGLOSZONO DO INFORMATYKA. CZEKA NA TONER OD BROTHER.',
  'Szanowni Państwo, zapraszamy na Badania przesiewowe w Autobusie. Prosimy zabrać Okulary i Wyniki. Z poważaniem, Zespół Profilaktyki',
  'Kaplica: Msza w Niedzielę o 10, odwiedziny Kapelana po Obiedzie. Proszę pytać w Dyżurce. Świece tylko na Baterie.',
];

const SWEDISH: readonly string[] = [
  'Visus 0,8 bilateralt. Goldmann 14/15. Donders u a. Åter till Ögon i Maj. Droppar: Cosopt från Apotek.',
  'Diskuterat med Bakjour, bedömd av Kirurg, ringt till Narkos. Flyttad till Avdelning med Vaktmästare. Anhöriga vet.',
  'Hemkommen från Gambia med feber. Malariaprov neg x3. Vaccin inför Kuba av Vaccinmottagning. Råd från Infektion.',
  'Avsändare: Apotek. Till: Vårdcentral. Läkare: Jour. Plats: Plan 4. Ärende: Recept. Läkemedel: Trombyl. Kontakt: Reception.',
  'Meny: Ärtsoppa, Jansson på Fredag, Wallenbergare, Biff Rydberg, Prinsesstårta. Diet: Fisk med Ris. Vatten: Ramlösa.',
  'Schema: Dag A, Kväll B, Natt C. Jour: Dr A, Midsommar: Team Blå. Byten via Chef. Lucia firas i Entrén.',
  'SKRIVARE AKUTEN STOPP. JOBB FLYTTAT TILL ROENTGEN. ANMAELT TILL IT. VAENTAR PAA DELAR.',
  'Skattningar: Norton 22, Downton 3, Katz B, Montgomery 12, Rosén 4. Fyllt i av Kontaktperson. Mål: Hem med Rullator.',
  'Till Vårdnadshavare: skolsköterskan vaccinerar i Årskurs 5. Samtycke: Ja / Nej. Klass: ____ Namn: ____ Vänligen, Elevhälsan',
];

const DANISH: readonly string[] = [
  'Visus 0,8 på begge øjne. Goldmann 14. Henvist af Praksis, set i Øjenklinik. Dråber: Ganfort fra Apotek.',
  'Konfereret med Bagvagt, vurderet af Kirurg, ringet til Intensiv. Flyttet til Sengeafsnit med Portør. Pårørende er enige.',
  'Hjemvendt fra Ghana med feber. Malaria negativ x3. Vaccine før Vietnam. Råd fra Serum Instituttet, uge 12.',
  'Afsender: Apotek. Til: Hjemmepleje. Læge: Vagthavende. Sted: Opgang B. Emne: Recept. Præparat: Hjertemagnyl. Kontakt: Sekretær.',
  'Menu: Hakkebøf, Tarteletter, Wienerbrød, Rødgrød med Fløde. Diæt: Fisk fra Vesterhav.',
  'Vagtplan: Dag A, Aften B, Nat C. Bagvagt: Dr A, Påske: Hold Grøn. Bytte via Leder inden Fredag.',
  'PRINTER MODTAGELSEN OFFLINE. JOB FLYTTET TIL LAB. MELDT TIL IT AF PORTOER. NY TONER FRA XEROX.',
];

const NORWEGIAN: readonly string[] = [
  'Visus 0,8 begge øyne. Goldmann 15. Henvist fra Fastlege, sett på Øyepoliklinikk. Dråper: Xalatan fra Apotek.',
  'Diskutert med Bakvakt, vurdert av Kirurg, ringt til Intensiv. Flyttet til Sengepost med Portør. Pårørende er orientert.',
  'Kom hjem fra Kenya med feber. Malaria negativ x3. Vaksine før Peru. Råd fra Folkehelseinstituttet.',
  'Avsender: Apotek. Til: Hjemmetjeneste. Lege: Vakthavende. Sted: Blokk C. Emne: Resept. Legemiddel: Albyl-E. Kontakt: Skranke.',
  'Meny: Fårikål, Raspeballer, Tilslørte bondepiker, Bergensk fiskesuppe. Diett: Torsk med Ris. Vann: Farris fra Kjøleskap.',
  'Vaktplan: Dag A, Kveld B, Natt C. Bakvakt: Dr A, Påske: Lag Rød. Bytte via Leder. Mai er full.',
  'SKRIVER MOTTAK STOPP. JOBB FLYTTET TIL RONTGEN. MELDT IKT AV VEKTER. VENTER PAA DELER.',
];

const FINNISH: readonly string[] = [
  'Visus 0,8 molemmin puolin. Goldmann 14/15. Lähetetty Silmäpoliklinikalle, Xalatan jatkuu. Kontrolli Kesällä.',
  'Keskusteltu Takapäivystäjän kanssa, arvio Kirurgilta, soitettu Teholle. Siirretty Osastolle. Omaiset tietävät.',
  'Palannut Keniasta, kuume. Malarianäyte negatiivinen x3. Rokote ennen Intian matkaa. Ohje Infektiolääkäriltä.',
  'Lähettäjä: Apteekki. Vastaanottaja: Kotihoito. Lääkäri: Päivystävä. Paikka: Siipi B. Aihe: Resepti. Lääke: Primaspan.',
  'Ruokalista: Hernekeitto, Karjalanpaisti, Runebergin torttu, Lindströmin pihvi. Ruokavalio: Lohi ja Peruna. Vesi: Vichy.',
  'Vuorolista: Aamu A, Ilta B, Yö C. Päivystys: Dr A, Juhannus: Tiimi Sininen. Vaihdot Osastonhoitajan kautta.',
  'TULOSTIN PAIVYSTYS POIS. TYO SIIRRETTY LABRAAN. ILMOITETTU TUKEEN. MUSTE LOPPU.',
  'Mittarit: Barthel 80, Braden 18, Audit 4, Beck 9. Täytetty Hoitajan kanssa. Tavoite: Kotiin Rollaattorin kanssa.',
];

export const CLEAN_TRAIN_MORE_NORTH: readonly string[] = [...POLISH, ...SWEDISH, ...DANISH, ...NORWEGIAN, ...FINNISH];
