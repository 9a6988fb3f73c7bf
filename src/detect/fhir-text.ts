import type { Dotted } from './dotted.ts';
import type { Scope } from './places.ts';

/**
 * Data types whose leaves people write sentences into (FHIR §2.6), and what is left of a base64Binary that is none. A coding's display repeats a
 * vocabulary, names and addresses are claimed by their places.
 */
const TEXTS = new Set([
  'string',
  'markdown',
  'xhtml',
  'base64Binary',
  'Annotation.text',
  'Annotation.authorString',
  'CodeableConcept.text',
  'Attachment.title',
]);

/** Numbers as JSON writes them. */
const NUMBERS = new Set(['decimal', 'integer', 'Quantity.value', 'Age.value']);

/** What a reference to these shows is a name that a rule claims; what others show is a sentence as well as a title. */
const NAMED = new Set([
  'Patient',
  'Person',
  'RelatedPerson',
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'Device',
]);

/** Resources that define or carry others: their strings are of vocabularies and systems. */
const OF_SYSTEMS = new Set(
  `ActivityDefinition ActorDefinition CapabilityStatement ChargeItemDefinition Citation CodeSystem CompartmentDefinition ConceptMap ConditionDefinition
   Conformance DeviceDefinition EventDefinition Evidence EvidenceVariable ExampleScenario GraphDefinition ImplementationGuide Library Measure MessageDefinition
   MessageHeader NamingSystem ObservationDefinition OperationDefinition PlanDefinition Questionnaire Requirements ResearchDefinition SearchParameter
   SpecimenDefinition StructureDefinition StructureMap SubscriptionTopic TerminologyCapabilities TestPlan TestReport TestScript ValueSet`.split(
    /\s+/,
  ),
);

/** Whether an element is of a resource that defines or carries others. */
export function isOfSystems({ key, path }: Dotted): boolean {
  return key === 'fhir' && OF_SYSTEMS.has(path[0] ?? '');
}

/** How free the text of a FHIR element is. */
export function fhirScope(place: Dotted): Scope {
  const { type } = place;
  if (isOfSystems(place)) return 'typed';
  if (type[0] === 'Reference') return NAMED.has(type[1] ?? '') ? 'typed' : 'text';
  return TEXTS.has(type.join('.')) ? 'text' : 'typed';
}

export function isFhirNumber({ type }: Dotted): boolean {
  return NUMBERS.has(type.join('.'));
}
