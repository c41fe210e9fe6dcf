// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.integrity;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.record.UspRecord;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// The authentication code of Records whose ends share a TLS session: HMAC-SHA-256, with a key for each direction
/// that both derive from it (R-E2E.33 to R-E2E.39).
public final class RecordMac {
    /// The label that the keys are exported under, with a context that is there and empty (R-E2E.36).
    public static final String LABEL = "EXPORTER-BBF-USP-Record";

    /// Octets to export: 32 for the client, then 32 for the server (R-E2E.37, R-E2E.39).
    public static final int EXPORTED = 64;

    /// Of one code.
    public static final int BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKey own;
    private final SecretKey peers;

    /// @param exported of [#EXPORTED] bytes
    /// @param client whether we are the client of the TLS session
    public RecordMac(byte[] exported, boolean client) {
        if (exported.length != EXPORTED) {
            throw new IllegalArgumentException("keying material must be of 64 bytes: " + exported.length);
        }
        SecretKey clients = new SecretKeySpec(exported, 0, BYTES, ALGORITHM);
        SecretKey servers = new SecretKeySpec(exported, BYTES, BYTES, ALGORITHM);
        this.own = client ? clients : servers;
        this.peers = client ? servers : clients;
    }

    /// The Record with its code, and without a certificate, which it needs no more.
    public UspRecord protect(UspRecord record) {
        UspRecord bare = RecordSignature.with(record, Bytes.EMPTY, Bytes.EMPTY);
        return RecordSignature.with(record, Bytes.adopt(code(bare, own)), Bytes.EMPTY);
    }

    /// Whether the peer made this Record.
    public boolean holds(UspRecord record) {
        return MessageDigest.isEqual(
                code(record, peers), record.protection().macSignature().toByteArray());
    }

    private static byte[] code(UspRecord record, SecretKey key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(CoveredFields.of(record));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", impossible);
        }
    }
}
