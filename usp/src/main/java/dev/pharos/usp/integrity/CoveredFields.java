// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.integrity;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The bytes of a Record that its signature or code covers: all fields but the payload and the signature itself,
/// by their number, without tags or lengths; those of the Record first, then those of the Session Context
/// (R-E2E.32, R-E2E.32.1).
final class CoveredFields {
    private static final int SESSION_FIELDS = 4 * Long.BYTES + 2 * Integer.BYTES;

    private CoveredFields() {}

    static byte[] of(UspRecord record) {
        byte[] version = record.version().getBytes(StandardCharsets.UTF_8);
        byte[] to = record.to().toString().getBytes(StandardCharsets.UTF_8);
        byte[] from = record.from().toString().getBytes(StandardCharsets.UTF_8);
        Bytes certificate = record.protection().senderCertificate();
        ByteBuffer out = ByteBuffer.allocate(
                version.length + to.length + from.length + Integer.BYTES + certificate.size() + SESSION_FIELDS);
        out.put(version).put(to).put(from);
        out.putInt(number(record.protection().payloadSecurity()));
        out.put(certificate.toByteArray());
        if (record.type() instanceof RecordType.SessionContext context) {
            out.putLong(context.sessionId());
            out.putLong(context.sequenceId());
            out.putLong(context.expectedId());
            out.putLong(context.retransmitId());
            out.putInt(number(context.position()));
            out.putInt(number(context.recordPosition()));
        }
        byte[] fields = new byte[out.position()];
        out.flip().get(fields);
        return fields;
    }

    /// An enum by its number on the wire, which its declaration promises to be the order of its constants.
    @SuppressWarnings("EnumOrdinal")
    private static int number(Enum<?> constant) {
        return constant.ordinal();
    }
}
