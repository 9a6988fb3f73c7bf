/**
 * Leaves under construction. One set of growing columns serves every message a thread tokenizes, one after the other: a message
 * takes a copy of exact size when it is done, so nothing is allocated per leaf (docs/adr/0003-leaves-are-columns.md).
 */
export interface Columns {
  count: number;
  capacity: number;
  address: Int32Array;
  start: Int32Array;
  end: Int32Array;
  classes: Uint16Array;
  /** PLACE_WIDTH numbers a leaf; what they mean is the format's own business. */
  place: Int32Array;
}

export const PLACE_WIDTH = 5;

/** Beyond this many leaves the columns are given away with the message that filled them: a copy would touch as much memory again. */
const KEEP = 1 << 16;

export function createColumns(capacity = 1024): Columns {
  return {
    count: 0,
    capacity,
    address: new Int32Array(capacity),
    start: new Int32Array(capacity),
    end: new Int32Array(capacity),
    classes: new Uint16Array(capacity),
    place: new Int32Array(capacity * PLACE_WIDTH),
  };
}

/** Makes the columns twice as large in place; large ones four times, since what is not written to takes no memory and copying it does. */
export function growColumns(columns: Columns): void {
  const larger = createColumns(columns.capacity * (columns.capacity < KEEP ? 2 : 4));
  larger.address.set(columns.address);
  larger.start.set(columns.start);
  larger.end.set(columns.end);
  larger.classes.set(columns.classes);
  larger.place.set(columns.place);
  Object.assign(columns, larger, { count: columns.count });
}

/** The leaves so far as columns of exact size, over one allocation where they are few; the builder starts again from nothing. */
export function takeColumns(columns: Columns, withPlace: boolean): Columns {
  const { count } = columns;
  if (count > KEEP) return giveAway(columns, withPlace);
  const places = withPlace ? count * PLACE_WIDTH : 0;
  const ints = new Int32Array(count * 3 + places + ((count + 1) >> 1));
  const taken: Columns = {
    count,
    capacity: count,
    address: ints.subarray(0, count),
    start: ints.subarray(count, count * 2),
    end: ints.subarray(count * 2, count * 3),
    place: ints.subarray(count * 3, count * 3 + places),
    classes: new Uint16Array(ints.buffer, (count * 3 + places) * 4, count),
  };
  taken.address.set(columns.address.subarray(0, count));
  taken.start.set(columns.start.subarray(0, count));
  taken.end.set(columns.end.subarray(0, count));
  taken.classes.set(columns.classes.subarray(0, count));
  if (withPlace) taken.place.set(columns.place.subarray(0, places));
  columns.count = 0;
  if (columns.capacity > KEEP) Object.assign(columns, createColumns());
  return taken;
}

function giveAway(columns: Columns, withPlace: boolean): Columns {
  const { count, address, start, end, classes, place } = columns;
  Object.assign(columns, createColumns());
  return {
    count,
    capacity: count,
    address: address.subarray(0, count),
    start: start.subarray(0, count),
    end: end.subarray(0, count),
    classes: classes.subarray(0, count),
    place: place.subarray(0, withPlace ? count * PLACE_WIDTH : 0),
  };
}
