// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.server.store.AuditStore.Entry;
import dev.pharos.usp.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How an entry of the audit log seals all that came before it: SHA-256 of the hash before (32 zero bytes for the
/// first), the number of the entry and its time in microseconds since 1970 as 8 bytes each, and of user, action, device
/// and detail the length in bytes (4 bytes) and the UTF-8 text. All numbers are big-endian.
///
/// docs/audit.md says the same, for who checks a log with a program of their own.
final class AuditSeal {
    /// What the first entry comes after.
    static final Bytes NONE = Bytes.adopt(new byte[32]);

    private AuditSeal() {}

    static Bytes of(Bytes before, long seq, Entry entry) {
        try {
            ByteArrayOutputStream sealed = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(sealed);
            out.write(before.toByteArray());
            out.writeLong(seq);
            out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, entry.time()));
            for (String text : new String[] {entry.user(), entry.action(), entry.device(), entry.detail()}) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
            return Bytes.adopt(MessageDigest.getInstance("SHA-256").digest(sealed.toByteArray()));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
