// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that dnsmasq writes, and that anybody else may have written.
class LeaseFileTest {
    @TempDir
    private Path folder = Path.of("");

    private static List<UbusTable> leases(String text) {
        return LeaseFile.parse(text).array("leases").stream()
                .map(UbusTable.class::cast)
                .toList();
    }

    @Test
    void what_dnsmasq_writes_is_read_and_leases_of_ipv6_are_left_out() {
        List<UbusTable> leases = leases("""
                1766840000 3c:22:fb:01:02:03 192.168.1.143 laptop 01:3c:22:fb:01:02:03
                0 3c:22:fb:01:02:04 192.168.1.20 * *
                duid 00:01:00:01:2c:9d:3a:f1:3c:22:fb:01:02:03
                1766840000 16909060 fd00::143 laptop 00:01:00:01:2c:9d:3a:f1
                """);

        assertThat(leases)
                .containsExactly(
                        UbusTable.EMPTY
                                .with("expires", 1_766_840_000L)
                                .with("mac", "3c:22:fb:01:02:03")
                                .with("ip", "192.168.1.143")
                                .with("name", "laptop"),
                        UbusTable.EMPTY
                                .with("expires", 0)
                                .with("mac", "3c:22:fb:01:02:04")
                                .with("ip", "192.168.1.20"));
    }

    @Test
    void no_file_is_no_lease_and_a_file_without_end_is_read_so_far() throws IOException {
        Path file = folder.resolve("dhcp.leases");
        assertThat(LeaseFile.read(file)).isEqualTo(LeaseFile.parse(""));

        StringBuilder lines = new StringBuilder();
        for (int index = 0; index < 40_000; index++) {
            lines.append("1 02:00:00:00:%02x:%02x 10.%d.%d.1 x *\n"
                    .formatted(index >> 8 & 255, index & 255, index >> 8 & 255, index & 255));
        }
        Files.writeString(file, lines);
        assertThat(LeaseFile.read(file).array("leases")).hasSize(Limits.LISTED);
    }

    @Test
    void a_name_with_a_zero_in_it_is_that_of_no_lease() {
        assertThat(leases("7 02:00:00:00:00:09 10.0.0.9 mi\0ne *\n7 02:00:00:00:00:08 10.0.0.8 mine *"))
                .hasSize(1);
    }

    @Property(tries = 300)
    void no_text_breaks_it_and_whatever_it_reads_is_a_lease(@ForAll("files") String text) {
        assertThat(leases(text)).hasSizeLessThanOrEqualTo(Limits.LISTED).allSatisfy(lease -> {
            assertThat(lease.text("mac"))
                    .hasValueSatisfying(mac -> assertThat(Family.MAC.holds(mac)).isTrue());
            assertThat(lease.text("ip"))
                    .hasValueSatisfying(ip -> assertThat(Family.IPV4.holds(ip)).isTrue());
            assertThat(lease.number("expires").orElse(-1)).isNotNegative();
            assertThat(lease.text("name").orElse("x")).isNotEmpty().doesNotContain(" ", "\n");
        });
    }

    @Property(tries = 100)
    void lines_that_are_none_do_not_take_others_with_them(
            @ForAll("files") String before, @ForAll("files") String after) {
        String good = "7 02:00:00:00:00:09 10.0.0.9 mine *";

        assertThat(leases(before + "\n" + good + "\n" + after))
                .contains(UbusTable.EMPTY
                        .with("expires", 7)
                        .with("mac", "02:00:00:00:00:09")
                        .with("ip", "10.0.0.9")
                        .with("name", "mine"));
    }

    @Provide
    static Arbitrary<String> files() {
        Arbitrary<String> word = Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(20),
                Arbitraries.strings().numeric().ofMaxLength(14),
                Arbitraries.strings().withChars("0123456789abcdefABCDEF:").ofLength(17),
                Arbitraries.of("02:00:00:00:00:01", "10.0.0.1", "10.0.0.256", "999.1.1.1", "*", "duid", "", "\u0000"));
        Arbitrary<String> line = word.list().ofMaxSize(7).map(words -> String.join(" ", words));
        return Combinators.combine(line.list().ofMaxSize(12), Arbitraries.of("\n", "\r\n", "\r"))
                .as((lines, end) -> String.join(end, lines));
    }

    @Property(tries = 50)
    void bytes_that_are_no_text_are_no_lease(@ForAll byte[] bytes) {
        UbusValue read = LeaseFile.parse(new String(bytes, StandardCharsets.ISO_8859_1));
        assertThat(read).isInstanceOf(UbusTable.class);
    }
}
