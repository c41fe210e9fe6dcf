// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.LEN;
import static dev.pharos.usp.codec.WireReader.VARINT;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import dev.pharos.usp.record.UspRecord.RecordProtection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns Records into bytes and back (R-ENC.1). Thread-safe, without state.
public final class RecordCodec {
    private static final int VERSION = 1 << 3 | LEN;
    private static final int TO_ID = 2 << 3 | LEN;
    private static final int FROM_ID = 3 << 3 | LEN;
    private static final int PAYLOAD_SECURITY = 4 << 3 | VARINT;
    private static final int MAC_SIGNATURE = 5 << 3 | LEN;
    private static final int SENDER_CERT = 6 << 3 | LEN;

    private static final List<PayloadSecurity> SECURITIES = List.of(PayloadSecurity.values());

    private RecordCodec() {}

    public static Bytes encode(UspRecord record) {
        return WireWriter.encode(record, RecordCodec::write);
    }

    /// Reads a Record. Fields that USP 1.4 does not have are ignored. Binary fields of the result share the
    /// memory of `bytes`.
    ///
    /// @throws MalformedInputException 7100 where the bytes are no Record, 7104 where a required field is
    ///     missing (R-MTP.4b), the record type is not set exactly once (R-ENC.3) or a field's value is not
    ///     allowed (R-ENC.2)
    public static UspRecord decode(Bytes bytes) throws MalformedInputException {
        WireReader in = WireReader.ofRecord(bytes);
        String version = "";
        String to = "";
        String from = "";
        PayloadSecurity security = PayloadSecurity.PLAINTEXT;
        Bytes signature = Bytes.EMPTY;
        Bytes certificate = Bytes.EMPTY;
        @Nullable RecordType type = null;
        while (in.next()) {
            switch (in.tag()) {
                case VERSION -> version = in.string();
                case TO_ID -> to = in.string();
                case FROM_ID -> from = in.string();
                case PAYLOAD_SECURITY -> security = in.constant(SECURITIES);
                case MAC_SIGNATURE -> signature = in.bytes();
                case SENDER_CERT -> certificate = in.bytes();
                default -> type = readType(in, type);
            }
        }
        requireVersion(in, version);
        return new UspRecord(
                version,
                endpoint(in, to, "to_id"),
                endpoint(in, from, "from_id"),
                protection(security, signature, certificate),
                in.requireSet(type, "record_type"));
    }

    private static @Nullable RecordType readType(WireReader in, @Nullable RecordType before)
            throws MalformedInputException {
        RecordType type = RecordTypeCodec.read(in);
        if (type == null) {
            in.skip();
            return before;
        }
        in.requireUnset(before, "record_type");
        return type;
    }

    private static RecordProtection protection(PayloadSecurity security, Bytes signature, Bytes certificate) {
        boolean none = security == PayloadSecurity.PLAINTEXT && signature.isEmpty() && certificate.isEmpty();
        return none ? RecordProtection.NONE : new RecordProtection(security, signature, certificate);
    }

    private static EndpointId endpoint(WireReader in, String text, String field) throws MalformedInputException {
        if (text.isEmpty()) {
            throw in.invalid(field + " is missing");
        }
        return EndpointId.parse(text);
    }

    /// Major.Minor, each one to three digits; which versions are spoken is not for the codec to say.
    private static void requireVersion(WireReader in, String version) throws MalformedInputException {
        int dot = version.indexOf('.');
        if (!isNumber(version, 0, dot) || !isNumber(version, dot + 1, version.length())) {
            throw in.invalid(
                    version.isEmpty() ? "version is missing" : "version \"" + version + "\" is not Major.Minor");
        }
    }

    private static boolean isNumber(String text, int from, int to) {
        for (int index = from; index < to; index++) {
            if (text.charAt(index) < '0' || text.charAt(index) > '9') {
                return false;
            }
        }
        return to > from && to - from <= 3;
    }

    private static void write(WireWriter out, UspRecord record) {
        RecordProtection protection = record.protection();
        out.string(VERSION, record.version());
        out.string(TO_ID, record.to().toString());
        out.string(FROM_ID, record.from().toString());
        out.constant(PAYLOAD_SECURITY, protection.payloadSecurity());
        out.bytes(MAC_SIGNATURE, protection.macSignature());
        out.bytes(SENDER_CERT, protection.senderCertificate());
        RecordTypeCodec.write(out, record.type());
    }
}
