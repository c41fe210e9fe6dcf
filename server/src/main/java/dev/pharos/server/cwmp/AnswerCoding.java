// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/// How what devices are sent is compressed, as `Device.ManagementServer.HTTPCompression` has it; `Compress` is not
/// there.
enum AnswerCoding {
    GZIP("gzip"),
    DEFLATE("deflate");

    private final String text;

    AnswerCoding(String text) {
        this.text = text;
    }

    /// As HTTP calls it.
    String text() {
        return text;
    }

    /// What a device takes by its headers `Accept-Encoding`: one that it names, and not one that `*` leaves open.
    static Optional<AnswerCoding> of(List<String> headers) {
        Map<String, Boolean> named = new HashMap<>();
        for (String header : headers) {
            for (String each : header.split(",", Limits.CODINGS + 1)) {
                String[] parts = each.split(";", 2);
                named.put(
                        parts[0].strip().toLowerCase(Locale.ROOT).replaceFirst("^x-", ""),
                        parts.length == 1 || isWanted(parts[1].strip().toLowerCase(Locale.ROOT)));
            }
        }
        return List.of(values()).stream()
                .filter(coding -> named.getOrDefault(coding.text, false))
                .findFirst();
    }

    private static boolean isWanted(String weight) {
        return weight.matches("q\\s*=\\s*(0\\.\\d*[1-9]\\d*|1(\\.0*)?)");
    }

    byte[] compressed(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = this == GZIP ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory takes everything", impossible);
        }
        return bytes.toByteArray();
    }
}
