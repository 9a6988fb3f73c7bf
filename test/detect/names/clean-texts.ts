/** Sentences without anybody's name, to tune by: whatever is found in them is a false alarm. */
export const CLEAN_TEXTS: readonly string[] = `
The lungs are clear bilaterally without focal consolidation.
Heart size is normal. No pleural effusion or pneumothorax.
Foley catheter placed without difficulty, draining clear yellow urine.
History of Parkinson disease and Alzheimer dementia.
Positive Babinski sign on the left.
Crohn's disease, status post ileocecectomy.
Hodgkin lymphoma in remission since 2015.
Colles fracture of the left distal radius.
Kerley B lines are seen at both bases.
Heberden and Bouchard nodes noted on exam.
Glasgow Coma Scale 15. Apgar scores 8 and 9.
Doppler ultrasound shows no deep vein thrombosis.
Gram stain shows gram positive cocci in clusters.
Wood's lamp examination was negative.
Bell's palsy on the right, treated with prednisone.
Down syndrome with atrioventricular canal defect.
Achilles tendon is intact.
Murphy sign negative, McBurney point nontender.
Jackson Pratt drain removed on postoperative day two.
Salter Harris type II fracture of the distal tibia.
Epstein Barr virus serology pending.
Guillain Barre syndrome was considered.
Wolff Parkinson White pattern on ECG.
Stevens Johnson syndrome after sulfa.
Swan Ganz catheter in place.
Swab sent to Quest Diagnostics.
Siemens Healthineers Somatom Definition scanner was used.
Philips Ingenia 3T MR system.
GE Healthcare Optima CT660.
Baxter infusion pump alarm resolved.
Abbott Alinity reagent lot changed.
Beckman Coulter AU5800 analyzer down for maintenance.
Roche Cobas e801 used for troponin.
Becton Dickinson vacutainer tubes.
Medtronic pacemaker interrogated.
Stryker hip implant.
Start Valium 5 mg PO at bedtime.
Allegra 180 mg daily for allergies.
Elavil discontinued due to sedation.
Continue Lisinopril 10 mg daily and Metoprolol 25 mg twice daily.
Augmentin 875 mg BID for ten days.
Zithromax Z-Pak given.
Patient Health Questionnaire score was 4.
Patient Care Technician to assist with bathing.
Patient Education provided in Spanish.
Patient denies chest pain, shortness of breath, or palpitations.
Pt tolerated procedure well.
Pt Education completed.
Mother had Breast Cancer at age 50.
Father Deceased, Mother Alive and well.
Family History: Mother with Diabetes, Father with Hypertension.
Brother with Crohn disease.
Sister has Lupus.
Son and daughter live nearby.
Will follow up in May.
Grace period expired.
Hope is that symptoms resolve.
May repeat in April or June.
Mark the site before surgery.
Rose Bengal staining was performed.
Art therapy on Wednesday.
Frank hematuria noted.
Gene testing for Factor V Leiden.
Bill sent to insurance.
Chuck pad changed.
Pat dry after bathing.
Drew labs this morning.
Grant application was submitted to the NIH.
Dawn phenomenon suspected.
Long history of tobacco use.
Brown stool, guaiac negative.
White count is elevated.
Black tarry stools.
Green sputum.
Young adult male in no acute distress.
Rich in vitamin C.
Sharp pain in the right lower quadrant.
Short course of steroids.
Small bowel obstruction.
Large right pleural effusion.
Transferred from Johns Hopkins Hospital.
Seen at Mount Sinai last year.
St. Joseph Hospital records were requested.
Admitted to Mary Greeley Medical Center.
Records from Massachusetts General Hospital.
Follow up at the Mayo Clinic in Rochester.
Cleveland Clinic second opinion.
Lives in Austin, Texas.
Moved from Charlotte, North Carolina.
Born in Jackson, Mississippi.
Traveled to Paris and London.
Visited Virginia Beach in August.
Works at Home Depot.
Retired from Ford Motor Company.
Employed at Wells Fargo.
Uses Facebook daily.
Chief Complaint: Abdominal Pain
History of Present Illness
Past Medical History
Past Surgical History
Review of Systems
Physical Examination
Assessment and Plan
Social History
Discharge Instructions
Discharge Summary
Operative Report
Progress Note
Nursing Note
Consultation Report
Laboratory Results
Radiology Report
Emergency Department Note
Vital Signs Stable
Impression: No acute cardiopulmonary process.
IMPRESSION: NO ACUTE INTRACRANIAL ABNORMALITY.
CT HEAD WITHOUT CONTRAST
MRI BRAIN WITH AND WITHOUT CONTRAST
XR CHEST PA AND LATERAL
US ABDOMEN COMPLETE
MR ANGIOGRAPHY NECK
MS CONTIN 15 MG PO BID
PATIENT DENIES CHEST PAIN OR SHORTNESS OF BREATH
PATIENT STATUS: STABLE
FOLEY CATHETER IN PLACE
DR AWARE OF RESULTS
MOTHER AT BEDSIDE
DENIES FEVER CHILLS NAUSEA VOMITING
LONG LEG CAST APPLIED
BROWN STOOL NOTED
GRAM NEGATIVE RODS
RESULTS CALLED TO FLOOR AND READ BACK
SPECIMEN HEMOLYZED, PLEASE RECOLLECT
NEGATIVE FOR MALIGNANCY
STAPHYLOCOCCUS AUREUS, METHICILLIN RESISTANT
ESCHERICHIA COLI GREATER THAN 100,000 CFU/ML
KLEBSIELLA PNEUMONIAE
CANDIDA ALBICANS
Streptococcus Agalactiae isolated.
E. Coli urinary tract infection.
C. Difficile toxin positive.
H. Pylori breath test negative.
S. Aureus bacteremia.
Clostridium Difficile colitis.
Troponin I, Creatinine, and Bilirubin are normal.
Hemoglobin A1c 7.2 percent.
Vitamin D deficiency.
Hepatitis B Surface Antigen nonreactive.
Lyme Disease serology negative.
Rheumatoid Factor positive.
Prostate Specific Antigen 4.2.
Thyroid Stimulating Hormone normal.
Complete Blood Count with Differential
Basic Metabolic Panel
Comprehensive Metabolic Panel
Lipid Panel
Blood Urea Nitrogen
Left Ventricular Ejection Fraction 55 percent.
Right Bundle Branch Block.
Normal Sinus Rhythm.
Left Anterior Descending artery stenosis.
Circle of Willis is patent.
Sylvian fissure is unremarkable.
Meckel diverticulum.
Hartmann procedure performed.
Whipple procedure two years ago.
Nissen fundoplication.
Roux-en-Y gastric bypass.
Billroth II anatomy.
Lisfranc injury.
Bankart lesion.
Hill Sachs deformity.
Baker cyst in the popliteal fossa.
Dupuytren contracture.
Heimlich valve.
Penrose drain.
Kocher incision.
Trendelenburg position.
Valsalva maneuver.
Romberg test negative.
Rinne and Weber tests normal.
Tinel and Phalen signs positive.
Lachman test positive.
Schatzki ring.
Barrett esophagus.
Mallory Weiss tear.
Budd Chiari syndrome.
Cushing syndrome.
Addison disease.
Graves disease.
Hashimoto thyroiditis.
Raynaud phenomenon.
Sjogren syndrome.
Marfan syndrome.
Turner syndrome.
Kaposi sarcoma.
Ewing sarcoma.
Wilms tumor.
Burkitt lymphoma.
Paget disease of bone.
Charcot joint.
Osgood Schlatter disease.
Legg Calve Perthes disease.
Wernicke encephalopathy.
Korsakoff psychosis.
Creutzfeldt Jakob disease.
Tourette syndrome.
Huntington disease.
Charcot Marie Tooth disease.
Bence Jones proteinuria.
Von Willebrand disease.
Ehlers Danlos syndrome.
Child Pugh class B.
Gleason score 3+4.
Bishop score 8.
Wells criteria.
Ranson criteria.
Braden Scale 18.
Morse Fall Scale 45.
Beck Depression Inventory.
Hamilton Rating Scale.
Denver Developmental Screening.
Ballard score.
Robinson catheter used for irrigation.
Hickman line infected.
Broviac catheter.
Bovie cautery.
Kirschner wires placed.
Steinmann pin.
Hoyer lift transfer.
Bair Hugger applied.
Yankauer suction at bedside.
Sitz bath.
TED hose on.
Ace wrap applied.
Bacitracin ointment.
Tylenol PM.
Robitussin DM.
Ensure supplement.
Boost Plus daily.
Gatorade encouraged.
Please call the office with any questions.
Thank you for this referral.
Dear Colleague,
Dear Patient,
To Whom It May Concern:
Sincerely,
Electronically signed by attending.
Signed by provider.
Dictated by transcription services.
Seen by Cardiology and Infectious Disease.
Discussed with Orthopedic Surgery.
Evaluated by Physical Therapy.
Notified Rapid Response Team.
Spoke with Pharmacy regarding dosing.
Spoke with Poison Control.
Called Lab for results.
Report given to ICU nurse.
Transferred to Room 412.
Dr. notified.
Dr on call was paged.
Nurse Manager aware.
Case Manager following.
Attending Physician attestation below.
Resident Physician note.
Primary Care Provider to follow.
Referring Provider: None
Provider: Unknown
Name: Unknown
Patient Name: Not Given
Contact: None listed
Next of kin: Not on file
Emergency contact: Unable to obtain
Allergies: Penicillin, Sulfa, Codeine
Allergies: No Known Drug Allergies
Code Status: Full Code
Diet: Regular
Activity: As tolerated
Disposition: Home with Home Health
Insurance: Blue Cross Blue Shield
Insurance: United Healthcare
Pharmacy: Walgreens
Language: English
Religion: Catholic
Race: White
Ethnicity: Not Hispanic or Latino
Marital Status: Single
Occupation: Teacher
Christmas Day visit to the emergency department.
Labor Day weekend.
New Year's Eve fall.
Good Friday clinic closed.
Monday, Wednesday, and Friday dialysis.
Due to Hurricane Katrina displacement.
Hurricane Sandy evacuation.
Watches Judge shows on television.
World War II veteran.
Korean War veteran.
Agent Orange exposure.
Gulf War service.
Diet Coke twice daily.
Jack Daniels nightly.
Smokes Marlboro Lights.
Drinks Bud Light.
Bicycle accident on Main Street.
Lives on Martin Luther King Boulevard.
Corner of Jefferson Avenue and Lincoln Street.
Attended Roosevelt High School.
Works at Thomas Jefferson University.
Baylor Scott and White.
Robert Wood Johnson Foundation.
Kaiser Permanente member.
Dana Farber Cancer Institute.
MD Anderson Cancer Center.
Memorial Sloan Kettering.
Cedars Sinai.
Beth Israel Deaconess.
The Joint Commission requires this.
Food and Drug Administration approved.
Centers for Disease Control guidelines.
American Heart Association diet.
Alcoholics Anonymous meetings.
Meals on Wheels.
Adult Protective Services notified.
Child Protective Services report filed.
Advance Directive on file.
Power of Attorney documents.
Do Not Resuscitate order.
Medicare Part B.
Medical Record reviewed.
Past records from Epic.
Cerner downtime.
Macular Degeneration.
Carpal Tunnel release.
Rotator Cuff tear.
Total Knee Arthroplasty.
Coronary Artery Disease.
Congestive Heart Failure.
Chronic Kidney Disease Stage III.
Type 2 Diabetes Mellitus.
Chronic Obstructive Pulmonary Disease.
Atrial Fibrillation with Rapid Ventricular Response.
Deep Vein Thrombosis Prophylaxis.
Gastroesophageal Reflux Disease.
Major Depressive Disorder.
Generalized Anxiety Disorder.
Post Traumatic Stress Disorder.
Obstructive Sleep Apnea on CPAP.
Acute Kidney Injury.
Urinary Tract Infection.
Community Acquired Pneumonia.
Methicillin Resistant Staphylococcus Aureus.
Vancomycin Trough 15.
Normal Saline at 75 mL per hour.
Lactated Ringer solution.
Ringer's lactate bolus.
Morphine Sulfate 2 mg IV.
Dilaudid PCA.
Heparin drip per protocol.
Lovenox 40 mg SC daily.
Humalog sliding scale.
Lantus 20 units at bedtime.
Albuterol nebulizer.
Influenza vaccine administered in left deltoid.
Prevnar 13 given.
Pfizer BioNTech COVID-19 vaccine.
Johnson and Johnson vaccine.
Lot number and expiration verified.
Patient identity verified with two identifiers.
Reference range and units differ by site.
Performed at Regional Reference Laboratory.
Performed by Sonora Quest Laboratories.
Test performed at ARUP Laboratories, Salt Lake City.
CLIA certified laboratory director.
Verified by Interface.
Auto verified.
Ordered by System.
Result released to portal.
See Scanned Document.
See Media tab.
Not Detected
Detected
Reactive
Indeterminate
Final result
Corrected result
Specimen Source: Nasopharyngeal Swab
Specimen: Blood, Venous
Method: Enzyme Immunoassay
Color Yellow, Appearance Clear
Few Bacteria, Many White Blood Cells
Rare Yeast
Occasional Mucus
Light Growth of Normal Flora
Right Lower Lobe
Left Upper Extremity
Anterior Cruciate Ligament
Superior Mesenteric Artery
Inferior Vena Cava Filter
Common Bile Duct
Tri-County Orthopedics.
Sacred Heart Rehabilitation.
Good Samaritan Hospital.
Our Lady of Lourdes.
Saint Francis Medical Center.
Holy Cross.
Veterans Affairs.
Sunrise Senior Living.
Golden Gate Bridge.
Lake Michigan.
Rocky Mountain spotted fever.
West Nile virus.
Norwalk virus.
Coxsackie virus.
Lewy body dementia.
Austin Flint murmur.
Marcus Gunn pupil.
Ramsay Hunt syndrome.
Miller Fisher variant.
Osler Weber Rendu.
Blalock Taussig shunt.
Fitz Hugh Curtis.
Kimmelstiel Wilson nodules.
Wright Giemsa stain.
Ziehl Neelsen stain.
Kirby Bauer method.
Ham test. Schilling test.
Allen test normal bilaterally.
Apley grind test.
Thomas test.
Cobb angle 22 degrees.
Hounsfield units 45.
Fleischner Society guidelines.
Mallampati class II.
Cormack Lehane grade 1 view.
Macintosh 3 blade.
Miller 2 blade.
Bougie used.
Guedel airway.
Magill forceps.
CLINICAL HISTORY: CHEST PAIN. COMPARISON: NONE.
FINDINGS: THE LUNGS ARE CLEAR. THE HEART IS NORMAL IN SIZE. NO BONY ABNORMALITY.
IMPRESSION: STABLE POSTOPERATIVE CHANGES.
THERE IS MILD BASILAR ATELECTASIS. NO FOCAL AIRSPACE DISEASE.
TECHNIQUE: AXIAL IMAGES WERE OBTAINED WITHOUT CONTRAST.
CALCIFIED GRANULOMA IN THE RIGHT UPPER LOBE
DEGENERATIVE CHANGES OF THE LUMBAR SPINE
STATUS POST MEDIAN STERNOTOMY AND CABG
LEFT SUBCLAVIAN CENTRAL VENOUS CATHETER TIP IN SVC
ENDOTRACHEAL TUBE TERMINATES ABOVE THE CARINA
MODERATE CARDIOMEGALY WITH PULMONARY VASCULAR CONGESTION
GALLSTONES WITHOUT SONOGRAPHIC MURPHY SIGN
GALEAZZI FRACTURE DISLOCATION
BOXER FRACTURE OF THE FIFTH METACARPAL
MEDICATIONS: ASPIRIN, PLAVIX, LIPITOR, COREG, LASIX
ALLERGIES: PENICILLIN, SULFA
PT C/O SOB X 3 DAYS
PT A&O X3, NAD, VSS, RA SAT 98%
WILL CALL BACK WITH RESULTS
DRAW LABS IN AM
NPO AFTER MIDNIGHT
PATIENT REFUSED
PATIENT NOT AVAILABLE
PATIENT IDENTIFICATION VERIFIED
NURSE TO NURSE REPORT GIVEN
PHYSICIAN NOTIFIED
ATTENDING NOTIFIED AND AWARE
SIGNED BY PHYSICIAN
VERIFIED BY TECH
DICTATED BY RESIDENT
ROUTINE MANUAL DIFFERENTIAL PERFORMED
SEGMENTED NEUTROPHILS
MEAN CORPUSCULAR VOLUME
RED CELL DISTRIBUTION WIDTH
NUCLEATED RBC
ESTIMATED GFR AFRICAN AMERICAN
GLUCOSE, FASTING
CHOLESTEROL, TOTAL
PROTEIN, URINE
CULTURE, BLOOD
SUSCEPTIBILITY TO FOLLOW
NO GROWTH AFTER FIVE DAYS
MODERATE PROTEUS MIRABILIS
HEAVY PSEUDOMONAS AERUGINOSA
RARE CANDIDA GLABRATA
SARS CORONAVIRUS 2 RNA
INFLUENZA A AND B ANTIGEN
ROTAVIRUS ANTIGEN
MYCOBACTERIUM TUBERCULOSIS COMPLEX
ANTI NUCLEAR ANTIBODY
ANTI-SMITH ANTIBODY
SMITH ANTIBODY NEGATIVE
KELL ANTIGEN
DUFFY A ANTIGEN
LEWIS A ANTIGEN
COOMBS TEST DIRECT
FACTOR V LEIDEN
VON WILLEBRAND FACTOR ACTIVITY
RUSSELL VIPER VENOM TIME
EPSTEIN BARR VIRUS CAPSID ANTIGEN
BENCE JONES PROTEIN, URINE
WEIL FELIX
PAUL BUNNELL
ROCKY MOUNTAIN SPOTTED FEVER
LYME IGG WESTERN BLOT
JO-1 ANTIBODY
Anti-Jo-1 and anti-Ro antibodies negative.
Duffy, Kell, and Kidd typing performed.
Lewis antigen system.
MacConkey agar plate, Mueller Hinton agar.
Sabouraud dextrose agar. Thayer Martin agar.
Bauer Kirby susceptibility.
Kovac reagent. Voges Proskauer negative.
Hemoglobin S, Hemoglobin Barts, Hemoglobin Lepore.
Philadelphia chromosome positive.
Ann Arbor stage IIB.
Child Turcotte Pugh score 7.
Duke criteria met. Jones criteria for rheumatic fever.
Light's criteria exudate.
Centor score 3. Curb 65 score 1.
Killip class II, Forrester class III.
Framingham risk calculated.
Rome IV criteria. Vienna classification. Bethesda category III. Paris classification.
Gustilo Anderson type IIIA open fracture.
Garden type III femoral neck fracture. Neer two part fracture.
Weber B ankle fracture. Lauge Hansen SER IV.
Pauwels angle. Bohler angle.
Ilizarov frame. Hoffman external fixator.
Charnley hip. Austin Moore prosthesis. Thompson prosthesis.
Harrington rod. Luque rod. Cotrel Dubousset.
Steri-Strips applied. Montgomery straps. Kerlix and Ace wrap.
Xeroform, Vaseline gauze, Adaptic.
Jobst stockings. Unna boot. Buck traction. Russell traction. Bryant traction.
Mayo stand, Bovie pad. Army Navy retractor. Richardson retractor. Weitlaner.
Bookwalter retractor, Balfour blade. Babcock clamp, Allis clamp, Kelly clamp.
Metzenbaum scissors, Mayo scissors. Adson forceps, DeBakey forceps.
Vicryl, Prolene, Monocryl, Ethibond, Dermabond.
Hemovac drain. Blake drain. Davol drain. Malecot.
Dobhoff tube, Salem sump, Sengstaken Blakemore.
Shiley 8 cuffed. Passy Muir valve. Portex.
Hudson mask, Venturi mask, Ambu bag.
Mac 3 blade, Cormack grade 2.
Tuohy needle, Whitacre needle, Quincke needle.
Veress needle, Hasson trocar.
Crawford Adamson. Crile forceps. Halsted mosquito.
Halsted mastectomy. Patey mastectomy. Lichtenstein repair. Shouldice repair. Bassini repair.
McVay repair. Bishop Koop. Kasai procedure. Ladd procedure. Soave procedure. Swenson procedure.
Fontan circulation, Glenn shunt, Norwood procedure, Ross procedure, Mustard procedure, Senning.
Bentall procedure. David procedure. Maze procedure. Cox maze.
Burch colposuspension. Marshall Marchetti Krantz. Kelly plication.
Pomeroy ligation. McDonald cerclage. Shirodkar. Wertheim hysterectomy.
Caldwell Luc. Killian. Denker. Weber Ferguson.
Heller myotomy, Dor fundoplication, Toupet fundoplication, Collis gastroplasty.
Ivor Lewis esophagectomy. McKeown.
Hartmann pouch. Calot triangle. Couinaud segment. Cantlie line.
Morison pouch fluid. Douglas pouch.
Scarpa fascia. Camper fascia. Colles fascia. Buck fascia.
Cooper ligament. Poupart ligament. Treitz ligament.
Broca area. Wernicke area. Brodmann area.
Meyer loop. Willis circle. Monro foramen. Magendie. Luschka.
Hunter canal. Alcock canal. Dorello canal. Guyon canal. Cloquet.
Haversian system. Purkinje cells. Langerhans islets. Leydig cells. Sertoli cells. Kupffer cells.
Baker's cyst, Morton's neuroma, Freiberg infraction, Kohler disease, Sever disease.
Still murmur. Graham Steell murmur. Carey Coombs murmur. Gallavardin phenomenon.
Corrigan pulse. Quincke pulse. Duroziez sign. Traube sign. Hill sign. Muller sign. Becker sign.
Kussmaul breathing. Biot respirations. Cheyne Stokes.
Osler nodes, Janeway lesions, Roth spots.
Cullen sign and Grey Turner sign absent.
Levine sign. Homan sign negative. Moses sign.
Kernig and Brudzinski negative.
Hoffman reflex. Chaddock, Oppenheim, and Gordon reflexes.
Gower maneuver. Ortolani and Barlow negative. Galeazzi.
Thompson test, Simmonds test. McMurray, Apley. Neer, Hawkins. Speed, Yergason. Spurling.
Finkelstein, Phalen, Tinel, Froment, Watson shift.
Patrick test FABER. Gaenslen. Ober. Thomas. Ely. Trendelenburg.
Snellen chart. Jaeger. Ishihara plates. Amsler grid. Goldmann tonometry. Schirmer.
Mini Mental Status Exam. Montreal Cognitive Assessment. Geriatric Depression Scale.
Edinburgh Postnatal Depression Scale 12. Columbia Suicide Severity Rating.
Young Mania Rating. Yale Brown. Hamilton Anxiety. Conners rating. Vanderbilt forms.
Karnofsky 80. Barthel index. Katz ADL. Lawton IADL. Tinetti. Berg Balance.
Fagerstrom test. Beers criteria. Naranjo scale. Aldrete score. Ramsay scale. Richmond agitation.
Cockcroft Gault. Schwartz formula. Mosteller. DuBois. Parkland formula. Harris Benedict. Friedewald.
Wilson disease versus Menkes. Gaucher, Fabry, Pompe, Hurler, Hunter.
Angelman, Prader Willi, Rett, Williams, Noonan, DiGeorge, Edwards, Patau.
Kawasaki disease. Takayasu arteritis. Wegener granulomatosis. Goodpasture. Behcet.
Sjogren, Felty, Still, Reiter. Caplan.
Chagas, Lyme, Weil, Brill Zinsser, Hansen.
Whipple, Crohn, Menetrier, Zenker, Meckel, Hirschsprung, Ogilvie.
Conn, Addison, Cushing, Graves, Plummer, Hashimoto, Sheehan, Nelson.
Bell, Horner, Adie, Argyll Robertson, Parinaud.
Wallenberg, Weber, Benedikt, Millard Gubler, Foville, Dejerine.
Dandy Walker, Arnold Chiari, Sturge Weber, von Hippel Lindau.
Friedreich, Kennedy, Huntington, Wilson, Alzheimer, Pick, Lewy.
Charcot, Duchenne, Becker, Lambert Eaton.
Legg Calve Perthes, Osgood Schlatter, Scheuermann, Blount.
Dupuytren, Peyronie, Ledderhose.
Paget, Ewing, Wilms, Kaposi, Burkitt, Hodgkin.
Merkel cell. Langhans. Reed Sternberg. Auer rods.
Howell Jolly bodies. Heinz bodies. Russell bodies. Mallory bodies. Lewy bodies. Negri bodies.
Started on Yaz and Yasmin. Camila refill. Junel Fe.
Ortho Evra, Nuvaring, Mirena IUD.
Tums, Maalox, Mylanta, Pepto Bismol, Alka Seltzer.
Ben Gay, Icy Hot, Vicks. Preparation H. Milk of Magnesia. Epsom salt.
St. John's wort and Ginkgo. Dong Quai. Black cohosh. Saw palmetto.
Carnation Instant Breakfast. Glucerna. Jevity 1.2. Pediasure. Similac. Enfamil.
Dial soap. Dove soap. Johnson's baby shampoo. Aquaphor. Cetaphil. Eucerin.
Lincoln car accident, Dodge Ram, Harley Davidson crash, John Deere tractor injury.
Ate at Wendy's and Arby's. Drinks Dr Pepper. Mountain Dew. Arnold Palmer.
Bloody Mary. Jim Beam. Johnnie Walker. Captain Morgan. Jack Daniels.
Watches Dr. Phil and Oprah. Listens to Mozart.
Mr. Clean ingestion. Mrs. Dash seasoning.
Trader Joe's. Whole Foods. Walmart. Sam's Club. CVS.
Alexander technique, Feldenkrais, Pilates. Tai Chi. Reiki.
Epley maneuver. Semont. Brandt Daroff exercises. Kegel exercises. Williams flexion exercises.
McKenzie exercises. Bobath. Codman pendulum. Buerger Allen exercises.
Lamaze. Bradley method. Apgar 9/9. Ballard 38 weeks. Silverman score.
Denver II screening. Bayley. Wechsler. Stanford Binet. Woodcock Johnson. Rorschach.
Holter monitor. Bruce protocol. Naughton protocol. Modified Bruce.
Judkins catheter. Amplatz. Sones. Seldinger technique. Mullins sheath.
Starr Edwards valve. St. Jude valve. Carpentier Edwards. Bjork Shiley. Medtronic Hall.
Palmaz stent. Greenfield filter. Gianturco coil. Guglielmi coil.
Thermo Fisher, Bio-Rad, Cepheid, Hologic, Sysmex.
Zimmer Biomet knee. DePuy Synthes. Smith and Nephew. Wright Medical. Arthrex.
Please contact Medical Records. Please fax to Health Information.
Please see Attached. Please Note. Thank You. Best Regards.
Hello Team, Dear Sir or Madam, Dear Doctor, Dear Parents, Hi All,
Kind Regards
Reported To: Emergency Room
Reported By: Laboratory
Collected By: Nurse
Ordering Facility: Main Campus
Service: General Surgery
Attending: On Call
Consultant: Not Applicable
Patient: Inpatient
Patient Class: Outpatient
Patient Location: Ward 4 East
Relationship: Mother
Guarantor: Self
Spouse: Deceased
Mother: Alive, Diabetes
Father: Prostate Cancer
Sister: Breast Cancer, Brother: Colon Cancer
Maternal Grandmother: Alzheimer's
Son: Autism
Next appointment with Endocrinology.
With Heart Failure clinic.
To Radiology for X-ray. From Recovery Room. To Floor.
Transfer to Hospice. From Nursing Home. By Ambulance.
Discharged to Rehab. Admit to Telemetry.
By mouth daily. Per Rectum. Via Gtube. With Food.
From Friday to Sunday. To March from January.
Called Code Blue. Called Rapid Response. Paged Surgery.
Discussed Risks, Benefits, and Alternatives.
Met with Family. Spoke to Family. Told Patient.
Notified Charge Nurse. Informed Team.
Per Protocol. Per Policy. Per Pharmacy. Per Report. Per Mom.
With Mom at bedside. To Mom. From Dad.
Nurse Practitioner Visit. Doctor Visit. Physician Assistant.
Dr Visit Summary. Dr. Office called. Dr. Appointment on Monday.
Mr Imaging Brain. MR Spine. Ms Diagnosis. MS Exam Normal.
Miss doses frequently. Missed Dose.
Sir Walter Raleigh tobacco
Prof fees. PA and lateral. NP swab. DO NOT CRUSH. MA notes.
OT evaluation. PT evaluation. SLP consult. RD consult. SW consult. CM following.
RN Note. MD Note. LPN Charting. CNA Care.
Abdomen soft, nontender, nondistended, with normoactive bowel sounds.
Rovsing and psoas signs negative; Blumberg sign equivocal.
Kehr sign absent. Chvostek and Trousseau negative.
Known Sjogren and Raynaud, on Plaquenil.
Fitzgerald factor assay sent.
Hageman factor deficiency.
Christmas disease, factor IX replacement.
Bernard Soulier syndrome and Glanzmann thrombasthenia.
Diamond Blackfan anemia.
Chediak Higashi granules.
Pelger Huet anomaly noted on smear.
Dohle bodies present.
Waldenstrom macroglobulinemia.
Castleman disease, hyaline vascular type.
Rosai Dorfman disease.
Erdheim Chester disease.
Birt Hogg Dube syndrome.
Li Fraumeni syndrome.
Cowden disease. Gardner syndrome. Lynch syndrome.
Peutz Jeghers polyps.
Zollinger Ellison workup.
Verner Morrison syndrome.
Brown Sequard hemicord.
Tolosa Hunt syndrome.
Foster Kennedy syndrome.
Anton Babinski syndrome.
Kluver Bucy.
Landau Kleffner.
Lennox Gastaut on Onfi and Banzel.
Dravet syndrome.
Todd paralysis resolving.
Jackson march seizure.
Uthoff phenomenon.
Lhermitte sign.
Charcot Bouchard aneurysm.
Hunt Hess grade 2.
Fisher grade 3 hemorrhage.
Spetzler Martin grade IV.
Cormack Lehane 2a.
Mallampati III, Patil distance adequate.
Hudson Fox blade unavailable.
Jackson Rees circuit.
Bain circuit.
Mapleson D.
Magill tubing.
Swan Ganz numbers stable.
Fick cardiac output.
Frank Starling curve.
Bazett corrected QT.
Sgarbossa criteria not met.
Brugada pattern type 2.
Wellens waves in V2 to V3.
Osborn waves.
Lown Ganong Levine.
Mobitz I.
Stokes Adams attack.
Takotsubo pattern.
Beck triad. Ewart sign. Kussmaul sign.
Virchow triad.
Hampton hump, Westermark sign.
Wells score 4.5, Geneva score 6.
Fleischner criteria.
Lung RADS 2.
BI-RADS 4A.
Bosniak IIF cyst.
Couinaud segments V and VI.
Milan criteria within.
Ishak fibrosis stage 3.
Metavir F2.
Maddrey 33.
Lille score 0.4.
Glasgow Blatchford 8.
Forrest Ib ulcer.
Los Angeles grade C esophagitis.
Prague C2M5.
Savary dilators.
Hurwitz balloon.
Sengstaken tube at bedside.
Mayo score 9.
Harvey Bradshaw index 5.
Truelove Witts severe.
Hinchey II.
Goodsall rule.
Park classification.
Altemeier procedure. Delorme procedure.
Milligan Morgan.
Ferguson closed.
Lahey bag.
Jackson table.
Mayfield pins.
Cushing ulcer prophylaxis.
Codman shunt.
Ommaya reservoir.
Torkildsen shunt.
Hakim valve.
Charnley prosthesis.
Exeter stem.
Oxford knee.
Bristow procedure. Latarjet procedure.
Weaver Dunn.
Gallie fusion.
Smith Petersen osteotomy.
Watson Jones approach.
Hardinge approach.
Kocher Langenbeck.
Stoppa.
Thompson and Henry approaches.
Kapandji pinning.
Herbert screw.
Acutrak screw.
Rush rod. Ender nails. Gamma nail.
Schanz pins.
Taylor Spatial Frame.
Thomas splint. Denis Browne bar.
Kuntscher nail.
McMurray negative; Steinman positive.
Wartenberg sign. Froment sign.
Allen cuff.
Bier block.
Bunnell suture. Kessler suture.
Lembert stitches. Connell stitch. Gambee.
Finney pyloroplasty. Heineke Mikulicz.
Graham patch.
Kraske position. Lloyd Davies position. Sims position.
McRoberts maneuver. Woods screw. Rubin. Zavanelli.
Leopold maneuvers. Bishop 6.
Piper forceps. Simpson forceps. Kielland forceps.
Bakri balloon. B-Lynch suture.
Cook balloon induction.
Braxton Hicks contractions.
Montgomery glands. Chadwick sign. Hegar sign. Goodell sign.
Nabothian cyst. Bartholin abscess. Skene gland.
Graafian follicle. Wolffian duct. Mullerian anomaly. Gartner cyst.
Sertoli Leydig. Krukenberg. Brenner tumor. Call Exner bodies.
Asherman. Kallmann. Swyer. Rokitansky.
Tanner stage 3. Prader orchidometer.
Barlow positive on left.
Erb palsy. Klumpke palsy.
Ebstein anomaly. Scimitar. Shone complex.
Rashkind. Potts shunt. Waterston.
Moro reflex symmetric. Galant present.
Mongolian spot. Epstein pearls. Bohn nodules.
Koplik spots. Forchheimer. Pastia lines.
Filatov. Dukes.
Brudzinski. Kernig.
Waterhouse Friderichsen.
Jarisch Herxheimer reaction.
Whiff test. Amsel criteria. Nugent score.
Weil disease. Carrion. Oroya.
Ghon complex. Ranke. Simon foci. Assmann.
Widal titer. Paul Bunnell.
Mantoux 12 mm.
Ziehl Neelsen negative.
Lowenstein Jensen slant.
Bordet Gengou.
Castaneda bottle.
Tzanck smear.
Wood lamp. Darier sign. Auspitz sign. Nikolsky sign. Koebner.
Gottron papules. Mees lines. Beau lines. Muehrcke. Terry nails. Lindsay nails.
Bowen disease. Paget. Spitz nevus. Clark level II. Breslow 0.8 mm.
Fitzpatrick type III.
Hurley stage II.
Unna paste.
Schober test.
Salter Innominate osteotomy.
Reagent from Randox, analyzer by Horiba.
Draeger Fabius anesthesia machine checked.
Fisher Paykel humidifier.
Hamilton G5 ventilator.
Puritan Bennett 980.
Carl Zeiss microscope.
Welch Allyn otoscope.
Leica Bond stainer.
Ventana Benchmark.
Nova Biomedical glucose meter.
Bayer Contour strips.
Abbott Freestyle Libre sensor replaced.
Boston Scientific Watchman.
Edwards Sapien valve.
Gore Excluder graft.
Cook Zenith graft.
Cordis sheath. Terumo wire. Abbott Proglide.
Humalog KwikPen. Lantus SoloStar. Tresiba FlexTouch.
Lo Loestrin. Sprintec. Errin. Heather tablets refilled.
Levora, Portia and Nora-BE on formulary.
Alli and Xenical discussed.
Ella given within 72 hours.
Robitussin and Vicks.
Tiger Balm. Ben Gay.
Jell-O and Sprite.
Stouffer meals.
Campbell soup.
Quaker oats.
Subway sandwiches.
Works for Boeing. Retired from General Electric.
Attends Brigham Young University.
Lives near Fort Wayne.
Vacation in San Juan.
Travel to Santo Domingo and Costa Rica.
From Addis Ababa.
Moved from Ann Arbor to Grand Rapids.
Winston Salem clinic.
Port Charlotte office.
Mary Washington Hospital records.
Henry Ford Health.
Thomas Jefferson University Hospital.
Robert Packer Hospital.
Nathan Littauer Hospital.
Saint Vincent campus.
Mercy General.
Good Shepherd Rehab.
Hope Lodge stay.
Ronald McDonald House.
Elizabeth Arden cosmetics allergy.
Calvin Klein perfume.
Levi jeans stud dermatitis.
Tommy John surgery.
Charley horse.
Heimlich taught.
ASPIRIN HELD PRE OP
BOWEL SOUNDS PRESENT
CALL DR FOR TEMP OVER 101
CXR CLEAR, WILL FOLLOW
EKG SHOWS NSR
GRADE II MURMUR
HX OF CROHN DISEASE
IV SITE CLEAN DRY INTACT
LEFT ARM RESTRICTED
MAY SHOWER
NO BM TODAY
PATIENT ALERT AND ORIENTED
PLAN: DC HOME IN AM
SOFT DIET TOLERATED
TURN EVERY TWO HOURS
VERY GRAY APPEARANCE
WOUND VAC IN PLACE
YOUNG ADULT FEMALE
HOPE TO DISCHARGE FRIDAY
GRANT PENDING
ROSE COLORED LENSES
FRANK PUS EXPRESSED
REED CANE ISSUED
LANE 4 AMBULANCE BAY
Heather tablets refilled.
Transfer accepted by the physician at outside facility.
Discussed goals of care with the family.
The patient was signed out to the team overnight.
Seen and examined with attending present.
Dear members of the board,
No visitors today.
Good morning all,
Can you call them back?
Proctored by the chief himself.
Landlord of the building reports smell of gas.
`
  .trim()
  .split('\n');
