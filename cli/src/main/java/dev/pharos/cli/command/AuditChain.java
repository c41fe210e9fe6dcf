// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Checks an audit log entry by entry, from the oldest, by what docs/audit.md says of its hashes and by nothing that
/// the
/// server claims.
final class AuditChain {
    private final Optional<Head> kept;
    private byte[] hash = new byte[32];
    private long seq;
    private long entries;
    private boolean met;
    private @Nullable String fault;

    /// The last entry of a log, which seals all before it.
    record Head(long seq, String hash) {}

    /// @param kept what an earlier check ended with
    AuditChain(Optional<Head> kept) {
        this.kept = kept;
    }

    void add(JsonNode entry) {
        if (fault != null) {
            return;
        }
        long number = entry.path("seq").asLong(0);
        if (number <= seq) {
            fault = "entry " + number + " comes after entry " + seq;
            return;
        }
        byte[] sealed;
        try {
            sealed = seal(number, entry);
        } catch (DateTimeException unreadable) {
            fault = "entry " + number + " has no time that can be read";
            return;
        }
        String told = entry.path("hash").asString("");
        if (!HexFormat.of().formatHex(sealed).equals(told)) {
            fault = "entry " + number + " of " + entry.path("time").asString("")
                    + (entries == 0
                            ? " is not as it was written, or what was before it is gone"
                            : " is not as it was written, or something between it and entry " + seq + " is gone");
            return;
        }
        hash = sealed;
        seq = number;
        entries++;
        if (kept.isPresent() && kept.get().seq() == number) {
            met = true;
            if (!kept.get().hash().equals(told)) {
                fault = "entry " + number + " is not the one that was kept: the log was written anew";
            }
        }
    }

    private byte[] seal(long number, JsonNode entry) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.write(hash);
            out.writeLong(number);
            out.writeLong(ChronoUnit.MICROS.between(
                    Instant.EPOCH, Instant.parse(entry.path("time").asString(""))));
            for (String field : new String[] {"user", "action", "device", "detail"}) {
                byte[] text = entry.path(field).asString("").getBytes(StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
            return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    long entries() {
        return entries;
    }

    /// What the log ends with, `number:hash`.
    String head() {
        return seq + ":" + HexFormat.of().formatHex(hash);
    }

    /// What was found wrong so far.
    Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    /// What is wrong, once all entries were added.
    Optional<String> verdict() {
        if (fault == null && kept.isPresent() && !met) {
            return Optional.of("entry " + kept.get().seq() + ", which was kept, is not there any more");
        }
        return fault();
    }
}
