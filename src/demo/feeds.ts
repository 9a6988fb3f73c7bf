import type { Feed } from './draft.ts';
import {
  admissionToMarketing,
  admissionToRecord,
  admissionToTest,
  productionOnTest,
  ssnBesideRegistration,
} from './feeds/adt.ts';
import { monitorToRecord, pumpToServer, pumpWithPatient } from './feeds/devices.ts';
import { bedsideToRecord, labToRecord, labToRegistry, labToSharedDrive, ssnInLabSegment, ssnToRegistry } from './feeds/lab.ts';
import { birthDateInUpkeep, upkeepToVendor } from './feeds/upkeep.ts';
import {
  birthDateInCloudRequest,
  limitedToAnalytics,
  nameInCloudNote,
  nameInLimitedNote,
  resultsToCloud,
} from './feeds/vendor.ts';

/** Feeds that end early; the register's `silentAfter` makes an incident of each. */
export const SILENT_FLOWS: readonly string[] = ['dialysis-record', 'bloodgas-record'];

const ALL_DAY = 1;
const FALLS_SILENT = 0.2;

function mllp(flow: string, count: number, make: Feed['make'], plants: Feed['plants'] = [], until = ALL_DAY): Feed {
  return { flow, transport: 'mllp', headers: {}, count, until, make, plants };
}

/** What an integration engine says of a copy that it sends over HTTP. `leg` is a claim, and stays one. */
function http(flow: string, destination: string, count: number, make: Feed['make'], plants: Feed['plants'] = []): Feed {
  const headers = {
    'Cordon-Source': 'integration-engine',
    'Cordon-Destination': destination,
    'Cordon-Leg': 'tls=1.3; cipher=TLS_AES_256_GCM_SHA384',
  };
  return { flow, transport: 'http', headers, count, until: ALL_DAY, make, plants };
}

/** The hospital's feeds: 3,000 messages in all. */
export function createFeeds(): Feed[] {
  return [
    mllp('adt-record', 740, admissionToRecord, [
      ssnBesideRegistration(true),
      ssnBesideRegistration(false),
      ssnBesideRegistration(false),
    ]),
    mllp('monitors-record', 650, monitorToRecord),
    mllp('pumps-server', 500, pumpToServer, [
      pumpWithPatient,
      pumpWithPatient,
      pumpWithPatient,
      pumpWithPatient,
      pumpWithPatient,
    ]),
    mllp('lab-record', 450, labToRecord, [ssnInLabSegment, ssnInLabSegment, ssnInLabSegment]),
    http('lab-registry', 'state-registry', 160, labToRegistry, [ssnToRegistry, ssnToRegistry]),
    http('results-cloud', 'care-cloud', 160, resultsToCloud, [
      nameInCloudNote(0, 'OBX'),
      nameInCloudNote(1, 'OBX'),
      birthDateInCloudRequest('-'),
      nameInCloudNote(2, 'NTE'),
      nameInCloudNote(3, 'OBX'),
      birthDateInCloudRequest('/'),
    ]),
    http('limited-analytics', 'insight', 130, limitedToAnalytics, [
      nameInLimitedNote('label', 'OBX'),
      nameInLimitedNote('title', 'NTE'),
      nameInLimitedNote('title', 'OBX'),
    ]),
    http('upkeep-vendor', 'uptime', 90, upkeepToVendor, [
      birthDateInUpkeep('observed'),
      birthDateInUpkeep('relevant'),
      birthDateInUpkeep('observed'),
    ]),
    mllp('adt-test', 69, admissionToTest, [productionOnTest, productionOnTest, productionOnTest, productionOnTest]),
    mllp('dialysis-record', 20, bedsideToRecord('HEMOSYS', 'DIALYSIS'), [], FALLS_SILENT),
    mllp('bloodgas-record', 20, bedsideToRecord('POCGAS', 'BEDSIDE'), [], FALLS_SILENT),
    mllp('marketing (unregistered)', 6, admissionToMarketing),
    http('shared drive (unregistered)', 'research-share', 5, labToSharedDrive),
  ];
}
