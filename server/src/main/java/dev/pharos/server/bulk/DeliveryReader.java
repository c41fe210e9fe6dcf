// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.bulk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// Reads what a device delivers: one report, or several where earlier ones could not be delivered.
public final class DeliveryReader {
    private DeliveryReader() {}

    /// How a delivery is written.
    ///
    /// @param perRow of CSV
    public record Form(boolean csv, boolean perRow, boolean gzip) {}

    /// More came than is taken.
    public static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;

        TooLargeException(String why) {
            super(why, null, false, false);
        }
    }

    /// @param body read to the bound and no further
    /// @throws IOException where the connection breaks
    public static List<DeviceReport> read(InputStream body, Form form)
            throws IOException, MalformedReportException, TooLargeException {
        byte[] delivered = body.readNBytes(Limits.DELIVERY_BYTES + 1);
        if (delivered.length > Limits.DELIVERY_BYTES) {
            throw new TooLargeException("a delivery may have " + Limits.DELIVERY_BYTES + " bytes at most");
        }
        byte[] plain = form.gzip() ? decompressed(delivered) : delivered;
        if (!form.csv()) {
            return new JsonReportReader().read(plain);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(plain))
                    .toString();
            return new CsvReportReader(text).read(form.perRow());
        } catch (CharacterCodingException otherwise) {
            throw new MalformedReportException("it is no UTF-8");
        }
    }

    private static byte[] decompressed(byte[] delivered) throws MalformedReportException, TooLargeException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(delivered))) {
            byte[] plain = gzip.readNBytes(Limits.REPORT_BYTES + 1);
            if (plain.length > Limits.REPORT_BYTES) {
                throw new TooLargeException("a delivery may have " + Limits.REPORT_BYTES + " bytes decompressed");
            }
            return plain;
        } catch (IOException broken) {
            throw new MalformedReportException("it is not compressed by gzip, or is cut off");
        }
    }
}
