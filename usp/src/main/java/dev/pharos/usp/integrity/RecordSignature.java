// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.integrity;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.record.UspRecord.RecordProtection;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;

/// The signature of a Record by its sender's key: ECDSA over the curve P-256 with SHA-256, in DER (R-E2E.31).
public final class RecordSignature {
    /// The largest in DER: two numbers of 33 bytes with their tags and lengths.
    public static final int MAX_BYTES = 72;

    private static final String SCHEME = "SHA256withECDSA";
    /// The order of the base point of P-256 (FIPS 186-4, D.1.2.3), which no other curve has.
    private static final BigInteger P256_ORDER =
            new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);

    private RecordSignature() {}

    /// The Record with our certificate and signature.
    public static UspRecord sign(UspRecord record, SecureIdentity identity) {
        Bytes certificate = identity.senderCertificate();
        UspRecord named = with(record, Bytes.EMPTY, certificate);
        try {
            Signature signature = Signature.getInstance(SCHEME);
            signature.initSign(identity.key());
            signature.update(CoveredFields.of(named));
            return with(record, Bytes.adopt(signature.sign()), certificate);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a key of P-256 can sign", impossible);
        }
    }

    /// Whether the owner of this key has signed the Record.
    static boolean holds(UspRecord record, PublicKey key) {
        if (!isP256(key)) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(SCHEME);
            signature.initVerify(key);
            signature.update(CoveredFields.of(record));
            return signature.verify(record.protection().macSignature().toByteArray());
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }

    static UspRecord with(UspRecord record, Bytes signature, Bytes certificate) {
        return new UspRecord(
                record.version(),
                record.to(),
                record.from(),
                new RecordProtection(record.protection().payloadSecurity(), signature, certificate),
                record.type());
    }

    static boolean isP256(PublicKey key) {
        return key instanceof ECPublicKey elliptic
                && elliptic.getParams().getOrder().equals(P256_ORDER);
    }
}
