// Reads a report from protobuf's JSON form, which @grpc/proto-loader doesn't know. What is misspelt is refused, not left out.

import { contract } from './contract.js';

const PACKAGE = 'exporter.report.v1.';

/** The report that a line of JSON holds, as the client takes it. */
export function readReport(line) {
  return messageOf(JSON.parse(line), 'Report', 'the report');
}

function messageOf(json, type, place) {
  check(typeof json === 'object' && json !== null && !Array.isArray(json), place, 'an object', json);
  const { field: fields } = contract[PACKAGE + type].type;
  const message = {};
  for (const [name, value] of Object.entries(json)) {
    const field = fields.find((candidate) => candidate.name === name);
    check(field, place, `one of ${fields.map((known) => known.name).join(', ')}`, name);
    if (value !== null) message[name] = fieldOf(value, field);
  }
  return message;
}

function fieldOf(value, field) {
  if (field.label !== 'LABEL_REPEATED') return valueOf(value, field, field.name);
  check(Array.isArray(value), field.name, 'a list', value);
  return value.map((item, index) => valueOf(item, field, `${field.name}.${index}`));
}

function valueOf(value, { type, typeName }, place) {
  switch (type) {
    case 'TYPE_MESSAGE':
      return typeName === 'google.protobuf.Timestamp' ? timestampOf(value, place) : messageOf(value, typeName, place);
    case 'TYPE_ENUM':
      check(isKnown(value, typeName), place, `a name of ${typeName}`, value);
      return value;
    case 'TYPE_STRING':
      check(typeof value === 'string', place, 'a string', value);
      return value;
    case 'TYPE_DOUBLE':
      check(isNumber(value), place, 'a number', value);
      return Number(value);
    default:
      check(isNumber(value) && Number.isSafeInteger(Number(value)), place, 'a whole number', value);
      return Number(value);
  }
}

function timestampOf(value, place) {
  const milliseconds = /T.*(Z|[+-]\d\d:\d\d)$/.test(value) ? Date.parse(value) : NaN;
  check(!Number.isNaN(milliseconds), place, 'a time such as 2026-11-22T08:00:00Z', value);
  const seconds = Math.floor(milliseconds / 1000);
  return { seconds, nanos: (milliseconds - seconds * 1000) * 1_000_000 };
}

function isKnown(value, typeName) {
  return contract[PACKAGE + typeName].type.value.some(({ name, number }) => value === name || value === number);
}

function isNumber(value) {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)));
}

function check(isRight, place, wanted, found) {
  if (!isRight) throw new TypeError(`${place} must be ${wanted}, found ${JSON.stringify(found)}`);
}
