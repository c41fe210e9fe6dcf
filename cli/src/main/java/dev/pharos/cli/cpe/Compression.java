// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/// How what is said over HTTP is made shorter (`Device.ManagementServer.HTTPCompression`).
enum Compression {
    DISABLED("Disabled", ""),
    GZIP("GZIP", "gzip"),
    DEFLATE("Deflate", "deflate");

    private final String name;
    private final String coding;

    Compression(String name, String coding) {
        this.name = name;
        this.coding = coding;
    }

    /// By its name in the data model.
    static Compression of(String name) {
        for (Compression each : values()) {
            if (each.name.equals(name)) {
                return each;
            }
        }
        return DISABLED;
    }

    /// Its name in HTTP; empty for none.
    Optional<String> coding() {
        return coding.isEmpty() ? Optional.empty() : Optional.of(coding);
    }

    byte[] compressed(byte[] body) {
        if (this == DISABLED) {
            return body;
        }
        ByteArrayOutputStream shorter = new ByteArrayOutputStream();
        try (OutputStream out = compressing(shorter)) {
            out.write(body);
        } catch (IOException impossible) {
            throw new IllegalStateException("an array can be written to", impossible);
        }
        return shorter.toByteArray();
    }

    private OutputStream compressing(OutputStream out) throws IOException {
        return switch (this) {
            case DISABLED -> out;
            case GZIP -> new GZIPOutputStream(out);
            case DEFLATE -> new DeflaterOutputStream(out);
        };
    }

    /// What a body was before somebody made it shorter, whether asked to or not.
    ///
    /// @param coding as HTTP says it; empty for none
    /// @throws IOException where it is another coding, broken, or longer than an envelope may be, in words for
    ///     people
    static byte[] decompressed(String coding, byte[] body) throws IOException {
        InputStream shorter = new ByteArrayInputStream(body);
        String known = coding.strip().toLowerCase(Locale.ROOT);
        if (known.isEmpty() || known.equals("identity") || body.length == 0) {
            return body;
        }
        try (InputStream in = decompressing(known, shorter)) {
            byte[] whole = in.readNBytes(Limits.ENVELOPE_BYTES + 1);
            if (whole.length > Limits.ENVELOPE_BYTES) {
                throw new IOException("its answer is larger than " + Limits.ENVELOPE_BYTES + " bytes");
            }
            return whole;
        } catch (ZipException | EOFException broken) {
            throw new IOException("its answer is no " + known, broken);
        }
    }

    private static InputStream decompressing(String coding, InputStream in) throws IOException {
        return switch (coding) {
            case "gzip", "x-gzip" -> new GZIPInputStream(in);
            case "deflate" -> new InflaterInputStream(in);
            default -> throw new IOException("it answers in a coding that is not understood here");
        };
    }
}
