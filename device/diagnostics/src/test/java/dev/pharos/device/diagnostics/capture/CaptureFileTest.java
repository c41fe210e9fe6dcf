// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.device.diagnostics.CaptureReader;
import dev.pharos.device.firmware.Outgoing;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Files of packets, as the specifications of their formats have them.
final class CaptureFileTest {
    private static final Packet WHOLE = new Packet(PacketBytes.TIME, 5, Bytes.ofHex("0102030405"));
    private static final Packet CUT = new Packet(PacketBytes.TIME.plusSeconds(1), 9_000, Bytes.ofHex("aabb"));

    private static Bytes content(Outgoing outgoing) throws IOException {
        try (InputStream in = outgoing.source().open()) {
            return Bytes.adopt(in.readAllBytes());
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_added_is_read_back(CaptureFormat format) throws IOException {
        try (CaptureFile file = CaptureFile.of(format, LinkKind.COOKED)) {
            assertThat(file.add(WHOLE) && file.add(CUT)).isTrue();
            Outgoing outgoing = file.outgoing();

            Bytes content = content(outgoing);

            assertThat(outgoing.size()).isEqualTo(content.size());
            ChronoUnit unit = format == CaptureFormat.PCAPNG ? ChronoUnit.NANOS : ChronoUnit.MICROS;
            assertThat(CaptureReader.read(content))
                    .isEqualTo(new CaptureReader(
                            113,
                            Stream.of(WHOLE, CUT)
                                    .map(packet -> new CaptureReader.Entry(
                                            packet.time().truncatedTo(unit), packet.length(), packet.bytes()))
                                    .toList()));
            assertThat(content(outgoing)).as("sent again").isEqualTo(content);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_full_file_takes_no_more_and_stays_readable(CaptureFormat format) throws IOException {
        Packet large = new Packet(PacketBytes.TIME, 65_000, Bytes.adopt(new byte[65_000]));
        try (CaptureFile file = CaptureFile.of(format, LinkKind.ETHERNET)) {
            while (file.add(large)) {
                assertThat(file.packets()).isLessThan(300);
            }

            Bytes content = content(file.outgoing());

            assertThat(content.size())
                    .isBetween((int) CaptureBounds.FILE_BYTES - 65_100, (int) CaptureBounds.FILE_BYTES);
            assertThat(CaptureReader.read(content).packets()).hasSize((int) file.packets());
        }
    }

    @Test
    void it_has_no_name_on_the_disk() throws IOException {
        try (CaptureFile file = CaptureFile.of(CaptureFormat.LIBPCAP, LinkKind.RAW)) {
            assertThat(file.add(WHOLE)).isTrue();

            assertThat(named()).isEmpty();
        }
    }

    private static List<Path> named() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(path -> path.getFileName().toString().startsWith("pharos-capture"))
                    .toList();
        }
    }
}
