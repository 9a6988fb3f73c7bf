/**
 * Names of resource types and elements of FHIR R4 and R5 that decide something: what type an object is of, what a value is. Any other name is
 * read by what its value looks like (types.ts).
 */

/** Resource types of R4 (4.0.1) and R5 (5.0.0). */
export const RESOURCE_TYPES: ReadonlySet<string> = new Set(
  `Account ActivityDefinition ActorDefinition AdministrableProductDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse
   ArtifactAssessment AuditEvent Basic Binary BiologicallyDerivedProduct BiologicallyDerivedProductDispense BodySite BodyStructure Bundle
   CapabilityStatement CarePlan CareTeam CatalogEntry ChargeItem ChargeItemDefinition Citation Claim ClaimResponse ClinicalImpression
   ClinicalUseDefinition CodeSystem Communication CommunicationRequest CompartmentDefinition Composition ConceptMap Condition
   ConditionDefinition Conformance Consent Contract Coverage CoverageEligibilityRequest CoverageEligibilityResponse DetectedIssue Device
   DeviceAssociation DeviceComponent DeviceDefinition DeviceDispense DeviceMetric DeviceRequest DeviceUsage DeviceUseRequest
   DeviceUseStatement DiagnosticOrder DiagnosticReport DocumentManifest DocumentReference EffectEvidenceSynthesis EligibilityRequest
   EligibilityResponse Encounter EncounterHistory Endpoint EnrollmentRequest EnrollmentResponse EpisodeOfCare EventDefinition Evidence
   EvidenceReport EvidenceVariable ExampleScenario ExplanationOfBenefit FamilyMemberHistory Flag FormularyItem GenomicStudy Goal
   GraphDefinition Group GuidanceResponse HealthcareService ImagingSelection ImagingStudy Immunization ImmunizationEvaluation
   ImmunizationRecommendation ImplementationGuide Ingredient InsurancePlan InventoryItem InventoryReport Invoice Library Linkage List
   Location ManufacturedItemDefinition Measure MeasureReport Media Medication MedicationAdministration MedicationDispense
   MedicationKnowledge MedicationOrder MedicationRequest MedicationStatement MedicinalProductDefinition MessageDefinition MessageHeader
   MolecularSequence NamingSystem NutritionIntake NutritionOrder NutritionProduct Observation ObservationDefinition OperationDefinition
   OperationOutcome Order OrderResponse Organization OrganizationAffiliation PackagedProductDefinition Parameters Patient PaymentNotice
   PaymentReconciliation Permission Person PlanDefinition Practitioner PractitionerRole Procedure ProcedureRequest ProcessRequest
   ProcessResponse Provenance Questionnaire QuestionnaireResponse ReferralRequest RegulatedAuthorization RelatedPerson RequestGroup
   RequestOrchestration Requirements ResearchDefinition ResearchElementDefinition ResearchStudy ResearchSubject RiskAssessment
   RiskEvidenceSynthesis Schedule SearchParameter Sequence ServiceRequest Slot Specimen SpecimenDefinition StructureDefinition StructureMap
   Subscription SubscriptionStatus SubscriptionTopic Substance SubstanceDefinition SubstanceNucleicAcid SubstancePolymer SubstanceProtein
   SubstanceReferenceInformation SubstanceSourceMaterial SupplyDelivery SupplyRequest Task TerminologyCapabilities TestPlan TestReport
   TestScript Transport ValueSet VerificationResult VisionPrescription`.split(/\s+/),
);

/** Values that are codes, sequence numbers or versions wherever a string stands under these names. */
const CODES =
  `status intent priority gender use rank language mode kind comparator contentType type category code unit version versionId linkId
   severity criticality clinicalStatus verificationStatus docStatus class action outcome method currency hash lotNumber sequence path expression
   dimensions operator relation search resource ifMatch etag daysOfWeek dayOfWeek timeOfDay availableStartTime availableEndTime hoursOfOperation
   fhirVersion publicationStatus lifecycleStatus achievementStatus participationStatus required requestStatus conclusionCode onBehalfOfType
   referenceRange durationUnit periodUnit boundsUnit when sort param subtype purposeOfUse sigFormat targetFormat preference relatedEntryType
   doNotPerform measureType populationType softwareVersion catalogNumber modelNumber partNumber businessStatus fund payeeType
   patientInstructionType sex race ethnicity active deceasedBoolean multipleBirthBoolean multipleBirthInteger`.split(/\s+/);

/** Addresses of systems, profiles and resources. */
const URIS =
  `system url profile reference fullUrl implicitRules source instantiatesCanonical instantiatesUri instantiates questionnaire
   definition definitionCanonical valueSet canonical eventUri implementationGuide endpoint location policy schema targetProfile supportedProfile
   basedOnUri instanceOf derivedFrom library measure topic format`.split(/\s+/);

const IDS = 'id uid oid uuid versionIndependentId accessionUid'.split(' ');

/** What one name says of the object it stands in. */
export const Shape = {
  person: 1,
  place: 2,
  system: 4,
  value: 8,
  /** Its value is a string, not a number. */
  valueString: 16,
  reference: 32,
  display: 64,
  coding: 128,
  code: 256,
  div: 512,
  period: 1024,
  attachment: 2048,
  text: 4096,
  unit: 8192,
  /** Its system is a short word, as that of a ContactPoint is. */
  contact: 16_384,
  author: 32_768,
  other: 65_536,
  /** Has an identifier, as what refers without a reference does. */
  logical: 131_072,
} as const;

const SHAPE_OF: Readonly<Record<string, number>> = {
  // What any object may have.
  id: 0,
  extension: 0,
  modifierExtension: 0,
  fhir_comments: 0,
  resourceType: 0,
  use: 0,
  period: 0,
  type: 0,
  reference: 0,
  text: 0,
  family: Shape.person,
  given: Shape.person,
  line: Shape.place,
  postalCode: Shape.place,
  city: Shape.place,
  system: Shape.system,
  value: Shape.value,
  display: Shape.display,
  identifier: Shape.logical | Shape.other,
  coding: Shape.coding,
  code: Shape.code,
  div: Shape.div,
  start: Shape.period,
  end: Shape.period,
  contentType: Shape.attachment,
  data: Shape.attachment,
  unit: Shape.unit,
  comparator: Shape.unit,
  time: Shape.author,
  authorString: Shape.author,
  authorReference: Shape.author,
};

const KNOWN = [
  '?',
  ...Object.keys(SHAPE_OF),
  ...CODES,
  ...URIS,
  ...IDS,
  ...RESOURCE_TYPES,
  ...`name telecom address identifier photo note meta contact birthDate resource entry contained subject patient birthPlace fullUrl title
      district state country prefix suffix item answer participant individual actor performer section content attachment payload valueString`.split(
    /\s+/,
  ),
];

/** Names that have a number of their own. */
export const NAMES: readonly string[] = [...new Set(KNOWN)];
export const NAME_IDS: ReadonlyMap<string, number> = new Map(NAMES.map((name, id) => [name, id]));
/** Shape bits by number of the name; a name without one is `other`. */
export const SHAPES: readonly number[] = NAMES.map((name) => SHAPE_OF[name] ?? Shape.other);

/** What a string under a name is; absent where its value tells. */
export const STRING_TYPES: ReadonlyMap<string, string> = new Map([
  ...CODES.map((name) => [name, 'code'] as const),
  ...URIS.map((name) => [name, 'uri'] as const),
  ...IDS.map((name) => [name, 'id'] as const),
  ['div', 'xhtml'],
]);

/** A name as FHIR gives them, that is no value: it may stand in a path. Letters in lower camel case, few digits. */
export function isPlainName(text: string): boolean {
  return /^_?[a-z][A-Za-z0-9]{0,49}$/.test(text) && !/\d{3}/.test(text);
}
