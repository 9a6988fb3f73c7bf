import { startKms } from './kms.ts';
import { startS3 } from './s3.ts';

/** KMS and S3 in a process of their own, for measurements of what asks them: `node aws-process.ts KEYS PREFIXES`. Says where as JSON, ends with stdin. */
const [keys = 0, prefixes = 0] = process.argv.slice(2).map(Number);
/** Prefixes of one bucket. */
const EACH = 10;

const [kms, s3] = await Promise.all([startKms(), startS3()]);
const made = Array.from({ length: keys }, (_, i) => kms.addKey({ aliases: [`key-${i}`] }));
const [first] = made;
if (first === undefined) throw new RangeError('give the number of keys');
for (let bucket = 0; bucket * EACH < prefixes; bucket++) {
  const objects = Array.from({ length: EACH }, (_, i) => ({
    key: `${i}/a.hl7`,
    body: Buffer.from('MSH|'),
    sse: 'aws:kms',
    kmsKey: first.arn,
  }));
  s3.addBucket({ name: `bucket-${bucket}`, encryption: { algorithm: 'aws:kms', kmsKey: first.arn }, objects });
}
process.stdout.write(`${JSON.stringify({ kms: kms.endpoint, s3: s3.endpoint })}\n`);
process.stdin.resume();
process.stdin.once('end', () => void Promise.all([kms.close(), s3.close()]).then(() => process.exit(0)));
