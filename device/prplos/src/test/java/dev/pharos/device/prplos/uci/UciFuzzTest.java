// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pharos.usp.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// No bytes make the parser fail in another way than by its one exception; what it lets through survives
/// being changed.
class UciFuzzTest {
    @MethodSource("files")
    @FuzzTest(maxDuration = "20s")
    void any_file_is_read_or_refused(byte[] bytes) {
        try {
            UciDocument document = UciDocument.parse("test", bytes);
            assertThat(document.bytes()).isEqualTo(bytes);
            assertThat(UciListing.parse(bytes).sections())
                    .hasSameSizeAs(document.content().sections());
            for (UciSection section : document.content().sections()) {
                set(document, section.id());
            }
        } catch (MalformedInputException refused) {
            assertThat(refused.detail()).startsWith("uci: line ");
        }
        assertThat(UciDeltas.parse("test", UciText.ofBytes(bytes))).hasSizeLessThanOrEqualTo(Limits.PENDING);
    }

    private static void set(UciDocument document, String section) throws MalformedInputException {
        try {
            UciDocument changed = document.with(new UciChange.SetOption(section, "fuzz", "it's"));
            assertThat(changed.content().section(section).orElseThrow().text("fuzz"))
                    .contains("it's");
            assertThat(UciDocument.parse("test", changed.bytes()).content().sections())
                    .hasSameSizeAs(document.content().sections());
            UciDocument without = changed.with(new UciChange.DeleteSection(section));
            assertThat(without.content().sections())
                    .isEqualTo(document.content().sections().stream()
                            .filter(other -> !other.id().equals(section))
                            .toList());
        } catch (UciRefusedException refused) {
            // where a backslash joins lines a change may not be possible; nothing is written then
            assertThat(refused.getMessage())
                    .matches("(?s)uci: test would (not be readable|change in another section too): .*");
        }
    }

    static Stream<byte[]> files() {
        return Stream.of(
                        "\nconfig wifi-iface\n\toption ssid 'Home'\n\tlist a 'b'\n\n",
                        "config t s\r\n o \"a\\\"b\" ; l c d # e\r\nconfig t s\n",
                        "config t s\n\toption a x\\\ny\\",
                        "config a\nconfig b\\\n\nconfig c\nconfig d\\",
                        "test.s.a='1'\n+test.cfg010000='t'\n-test.s\n|test.s.l='x'\n~test.s.l='x'\n@test.s='r'\n^test.s='0'\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }
}
