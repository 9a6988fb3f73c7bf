/**
 * Texts written when the detector was done. When they were first read by it, it found 104 of the 110 names in them and saw 3 in the sentences without any
 * (recall 0.945, precision 0.972); what was general about the misses was mended since. Names in double square brackets; all people are made up.
 */
export const HELD_OUT_TEXTS: readonly string[] = [
  'Overnight events: [[Lorenzo Tamburini]] pulled his IV at 0200; replaced in the left forearm.',
  'Patient [[Ottilie Brandauer]] (MRN 5567123) was reviewed on rounds this morning.',
  'Discharge planning: sister [[Meredith]] can provide transport on Friday.',
  'Paged Dr. [[Szczepaniak]] regarding the potassium; awaiting call back.',
  'Ultrasound performed by [[Shonda Ricketts]], RDMS, and interpreted by Dr. [[Neil Abramowitz]].',
  'Final interpretation by [[Evangelos Kostas]], M.D.',
  'Addendum by [[Hollis Tran]], MD: agree with above.',
  'Case reviewed at conference with Drs. [[Pfister]], [[Onyango]] and [[Lim]].',
  'The son, [[Thibault Marceau]], lives in Quebec and was updated by phone.',
  'She was accompanied by her caregiver, [[Marlena Stypa]].',
  'Mr. [[Gutfreund]] declined the influenza vaccine.',
  'Ms. [[Achterberg]] would like her results mailed.',
  'Mrs. [[Yolanda Figueroa-Reyes]] tolerated cycle two well.',
  'We discussed options with Mr. [[Dao]] and his wife [[Huong]].',
  '[[Percival Dunstan]] underwent laparoscopic appendectomy without complication.',
  '[[Amparo Sepulveda]] denies tobacco use.',
  'On arrival [[Gideon Blum]] was diaphoretic and tachycardic.',
  'This 54-year-old, [[Roland Fitch]], was found down at home.',
  'According to [[Candace]], the fever began on Sunday.',
  'I left a voicemail for [[Esteban Carrillo]] today.',
  'Letter sent to [[Winifred Tolliver]].',
  'Called [[Darius]] back; no answer.',
  'Interpreter [[Samira Haidari]] assisted throughout.',
  'Nurse [[Oyinkan]] drew the cultures.',
  'Nursing supervisor [[Todd Bixby]] was informed.',
  'Respiratory therapist [[Lupita Salas]] adjusted the vent.',
  'Occupational therapist: [[Gwen Ishikawa]]',
  'Dietitian [[Nadezhda Orlova]] recommends thickened liquids.',
  'Social work: [[Terrance Boyle]], MSW, met with patient.',
  'Security officer [[Maldonado]] responded.',
  'Primary nurse: [[Ailsa Drummond]]. Covering: [[Ravi Menon]].',
  'ATTENDING: [[ROSENTHAL, MIRIAM]] MD',
  'RESIDENT: [[KIM, JAE WON]]',
  'ADMITTED TO SERVICE OF DR. [[BLACKWELL]]',
  'PATIENT [[CLARENCE DUPREE]] FOUND ON FLOOR AT 0330',
  'NOTIFIED WIFE, [[OPAL DUPREE]], OF FALL',
  'LAB CALLED CRITICAL TO [[YESENIA CAMPOS]] RN',
  '[[PATTERSON, GWENDOLYN K]] 62F ROOM 412',
  'FOLLOW UP WITH DR [[ESPINOZA]] IN ONE WEEK',
  'MOTHER: [[KEISHA BARNETT]]',
  'EMERGENCY CONTACT [[LEONARD SUTTER]] 555-0144',
  'TRANSCRIBED BY [[BERNICE HOYT]]',
  'READ BY [[AJAY KHANDELWAL]] MD AT 1402',
  'SPOKE TO DAUGHTER [[TASHA]] VIA PHONE',
  'MRS [[LINDEMANN]] IS A 79 YEAR OLD FEMALE',
  'SURGEON [[H. BLOMQVIST]] MD',
  'Dear Dr [[Papadakis]], thank you for your referral of [[Eirlys Morgan]].',
  'Yours faithfully,\n[[Rupert Ainsworth]]',
  'RE: [[Agatha Winterbourne]], 12 Mill Lane',
  'Dear Miss [[Winterbourne]],',
  'cc [[Dr|-]] surgery; patient.'.replace('[[Dr|-]]', 'the'),
  'Seen with interpreter for Mrs [[Rukhsana Bibi]].',
  'Mr [[Declan O’Shea]] has made an excellent recovery.',
  'Mrs [[Morag Sutherland]] attended alone.',
  'Under the care of Professor [[Lindqvist]].',
  'Herrn [[Ulrich Pfannenschmidt]] geht es besser.',
  'Frau [[Nowak-Seidel]] wurde operiert.',
  'Patientin [[Gisela Ehrlich]] stabil.',
  'Dr. med. [[Joachim Wenzel]]',
  'Mme [[Ghislaine Perrault]] sort demain.',
  'Patient : [[Baptiste Kervella]]',
  'Sr. [[Ildefonso Barrientos]] con fiebre.',
  'Acompañado por su esposa [[Remedios]].',
  'Dhr. [[Wouter van Houten]] heeft pijn.',
  'Sig. [[Carmelo Vitale]] in attesa.',
  'Paciente: [[João Pedro Vasconcelos]]',
  '[[Anh Nguyen]] is here for a blood pressure check.',
  '[[Chen Jiayi]] brought her own medications.',
  '[[Hwang Soo-min]] has a latex allergy.',
  'Ms. [[Ayaan Farah]] prefers female staff.',
  '[[Priyanka Kulkarni]] is 30 weeks pregnant.',
  '[[Tendai Moyo]] was transferred from the ward.',
  '[[Chukwuemeka Eze]] takes lisinopril.',
  '[[Ioana Dragomir]] lives alone.',
  '[[Bjarne Kristoffersen]] has psoriasis.',
  'pt alert, wife [[maria lopez]] in room',
  'dr [[nguyen]] wants repeat trop',
  'called mr [[thompson]] w/ results',
  'pts son [[david kim]] asking for update',
  'Hi [[Bronwyn]], can you resend the form?',
  'Morning [[Javier]], the scanner is down again.',
  'Thanks [[Ophelia]]!',
  'Cheers, [[Magnus]]',
  'From: [[Leticia Barragan]]',
  'Sent on behalf of [[Graeme Pollitt]]',
  '[[Leticia]], please see below.',
  'Warm regards,\n[[Solveig Aune]]',
  'Name of patient: [[Ferdinand Weiss]]',
  'PT NAME: [[HARLAN, BEULAH]]',
  'Patient Name: [[Beulah Harlan]] DOB: 01/05/1939 Sex: F',
  'Patient/Guardian signature: [[Beulah Harlan]]',
  'Witnessed by [[Corinne Abel]], RN',
  'Label reads [[HARLAN,BEULAH]] but wristband differs.',
  'HARLAN^BEULAH^^^MRS'.replace('HARLAN^BEULAH', '[[HARLAN^BEULAH]]'),
  'Results for [[Beulah Harlan]] were filed to the wrong chart.',
  'Twins [[Ava]] and [[Liam]] both received vaccines.',
  'Infant of [[Shaquana Tibbs]] under phototherapy.',
  'Boyfriend [[Dustin Yates]] present for ultrasound.',
  'Group home manager [[Phyllis Greer]] reports agitation.',
  'Counselor: [[Ezra Lindholm]], LPC',
  'School nurse [[Jacqueline Petty]] called mother.',
  'Patient’s husband, [[Alistair]], requests a copy.',
  'I discussed the plan with [[Imelda Santos]], who verbalized understanding.',
  'Wound care by [[Trish]] per protocol.',
];

export const HELD_OUT_CLEAN: readonly string[] = `
The patient is a pleasant gentleman in no apparent distress who was seen and examined at the bedside.
He denies any fever, chills, night sweats, or unintentional weight loss.
She was started on Rocephin and Zithromax for presumed pneumonia and admitted to Telemetry.
Neurology was consulted and recommended MRI Brain with Gadolinium.
He will follow up in the Heart Failure Clinic in two weeks.
Blood cultures grew Staphylococcus Epidermidis in one of four bottles.
The Foley was removed and he voided without difficulty.
A Jackson-Pratt drain was left in the surgical bed.
Past history is significant for Graves disease treated with radioactive iodine.
Physical Therapy recommends home with a Rolling Walker.
CT Abdomen and Pelvis with contrast was unremarkable.
No Known Allergies. Immunizations Up To Date.
She lives with her husband and works as a teacher in Madison, Wisconsin.
He was transferred from St. Mary Hospital for higher level of care.
Code status was discussed with the family and remains Full Code.
The wound was irrigated with Normal Saline and closed with Vicryl and Monocryl.
Patient was placed in the Trendelenburg position and prepped with Betadine.
A Kocher clamp was used to control bleeding and a Penrose drain was placed.
The Babcock clamp was applied and the specimen was sent to Pathology.
Estimated blood loss was minimal. Counts were correct times two.
Impression: Acute on Chronic Systolic Heart Failure.
Recommend follow up with Primary Care in one to two weeks.
Hemoglobin stable. Continue Lovenox for DVT prophylaxis.
Social History: Former smoker, quit in March.
Review of Systems: Ten point review is otherwise negative.
Home Medications: Synthroid, Lipitor, Norvasc, Prilosec, Flomax.
Diet: Cardiac. Activity: Ambulate with assistance.
Glasgow Coma Scale was 14 on arrival and 15 at discharge.
The Rinne and Weber tests were consistent with conductive loss.
Exam reveals a positive Tinel sign at the wrist.
Hawkins and Neer impingement signs were positive.
Gleason 3 + 4 adenocarcinoma in two cores.
Reed Sternberg cells are identified, consistent with Hodgkin lymphoma.
Congo Red stain is negative for amyloid.
Masson Trichrome shows bridging fibrosis.
Giemsa stain is negative for Helicobacter.
Prussian Blue highlights hemosiderin.
Ki-67 is approximately 20 percent.
Received in formalin is a tan pink tissue fragment.
Breast, Left, Core Biopsy: Fibroadenoma.
Skin, Right Cheek, Shave: Basal Cell Carcinoma.
Colon, Sigmoid, Polypectomy: Tubular Adenoma.
There is a Baker cyst measuring 3 cm.
Mild Schmorl nodes at multiple levels.
Patent Circle of Willis without aneurysm.
Small Hill-Sachs deformity noted.
The Haller cells narrow the infundibulum.
The Bosniak II cyst is unchanged.
No Morison pouch fluid on FAST exam.
Philips Epiq system used for this study.
Acquired on a Siemens Skyra 3T magnet.
Omnipaque 350 was administered intravenously.
COMPARISON: CHEST RADIOGRAPH FROM PRIOR ADMISSION
TUBES AND LINES ARE IN STANDARD POSITION
NO EVIDENCE OF PULMONARY EMBOLISM
MILD DEGENERATIVE DISEASE OF THE THORACIC SPINE
RECOMMEND CLINICAL CORRELATION
FINDINGS CONSISTENT WITH CROHN COLITIS
PATIENT REPORTS PAIN OF 7/10
HUSBAND AT BEDSIDE, QUESTIONS ANSWERED
NURSE AWARE, WILL MONITOR
BED IN LOW POSITION, CALL LIGHT WITHIN REACH
CHARGE NURSE ROUNDING
MORNING LABS DRAWN AND SENT
GAVE TYLENOL FOR TEMP
FAMILY UPDATED BY PHYSICIAN
DISCHARGE ORDERS RECEIVED
PLEASE SEE SEPARATE PROCEDURE NOTE
REFERENCE INTERVAL NOT ESTABLISHED
RESULT CONFIRMED BY REPEAT ANALYSIS
SPECIMEN RECEIVED IN WRONG CONTAINER
Test performed by Mayo Clinic Laboratories, Rochester, Minnesota.
Performed at LabCorp Burlington, North Carolina.
Reference: Clinical Chemistry, Volume 45.
This test was developed by Quest Diagnostics Nichols Institute.
The assay uses the Abbott Architect platform.
Interpretive criteria follow Clinical and Laboratory Standards Institute.
Please contact Client Services with questions.
Results reviewed by the Laboratory Director.
Bring this form to Building Seven, Second Floor.
Parking is available on Lincoln Avenue.
Our office is closed on Memorial Day and Labor Day.
To schedule, call Central Scheduling Monday through Friday.
Take with food. Avoid Grapefruit Juice.
You were seen today for Ankle Sprain.
Return to the Emergency Department for worsening symptoms.
Keep the Ace bandage on during the day.
Follow the BRAT diet. Drink Pedialyte.
May return to work on Monday.
Your next appointment is with Dermatology.
Home Health will visit on Tuesday.
Durable Medical Equipment ordered: Hospital Bed, Hoyer Lift.
Patient was given the Vanderbilt assessment.
Beck Depression Inventory score 22.
Wechsler Memory Scale within normal limits.
Speech therapy used the Western Aphasia Battery.
Cognitive Behavioral Therapy and Dialectical Behavior Therapy offered.
Attends Narcotics Anonymous on Thursdays.
Worked on Sleep Hygiene and Deep Breathing.
Plan: Continue Lexapro, add Trazodone, recheck in May.
He served in Desert Storm and receives care at the Veterans Hospital.
Enjoys Harry Potter books and Star Wars.
`
  .trim()
  .split('\n');
