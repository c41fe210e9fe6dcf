// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.bulk;

import dev.pharos.controller.twin.DeviceReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

    /// What a delivery takes while it is read.
    @FunctionalInterface
    interface Room {
        /// It is a large one, [Limits#LARGE_BYTES]. Asked before more is read; more than once makes no difference.
        ///
        /// @throws Places.FullException where there is no room for that now
        void large() throws Places.FullException;
    }

    /// @param body read to the bound and no further
    /// @throws IOException where the connection breaks
    static List<DeviceReport> read(InputStream body, Form form, Room room)
            throws IOException, MalformedReportException, TooLargeException, Places.FullException {
        byte[] delivered = all(body, Limits.DELIVERY_BYTES, room);
        if (delivered.length > Limits.DELIVERY_BYTES) {
            throw new TooLargeException("a delivery may have " + Limits.DELIVERY_BYTES + " bytes at most");
        }
        byte[] plain = form.gzip() ? decompressed(delivered, room) : delivered;
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

    /// @param most of one more it is seen that there is more
    private static byte[] all(InputStream in, int most, Room room) throws IOException, Places.FullException {
        byte[] begin = in.readNBytes(Limits.LARGE_BYTES + 1);
        if (begin.length <= Limits.LARGE_BYTES) {
            return begin;
        }
        room.large();
        byte[] rest = in.readNBytes(most + 1 - begin.length);
        byte[] all = Arrays.copyOf(begin, begin.length + rest.length);
        System.arraycopy(rest, 0, all, begin.length, rest.length);
        return all;
    }

    private static byte[] decompressed(byte[] delivered, Room room)
            throws MalformedReportException, TooLargeException, Places.FullException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(delivered))) {
            byte[] plain = all(gzip, Limits.REPORT_BYTES, room);
            if (plain.length > Limits.REPORT_BYTES) {
                throw new TooLargeException("a delivery may have " + Limits.REPORT_BYTES + " bytes decompressed");
            }
            return plain;
        } catch (IOException broken) {
            throw new MalformedReportException("it is not compressed by gzip, or is cut off");
        }
    }
}
