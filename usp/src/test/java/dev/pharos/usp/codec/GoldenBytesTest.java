// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Holds the codec to bytes that protoc made, one Message and one Record of every kind.
class GoldenBytesTest {

    @Test
    @Requirement({"R-ENC.0", "R-ENC.1"})
    void the_golden_files_hold_every_sample_and_no_other() throws IOException {
        assertThat(golden("golden-messages.txt").keySet())
                .containsExactlyInAnyOrderElementsOf(Samples.messages().keySet());
        assertThat(golden("golden-records.txt").keySet())
                .containsExactlyInAnyOrderElementsOf(Samples.records().keySet());
    }

    @TestFactory
    @Requirement({"R-ENC.0", "R-MSG.5", "R-MSG.6", "R-MSG.7", "R-MSG.8", "R-MSG.10"})
    Stream<DynamicTest> every_message_has_its_golden_bytes() throws IOException {
        Map<String, Bytes> golden = golden("golden-messages.txt");
        return Samples.messages().entrySet().stream()
                .map(sample -> DynamicTest.dynamicTest(sample.getKey(), () -> {
                    Bytes bytes = Objects.requireNonNull(golden.get(sample.getKey()));
                    assertThat(MessageCodec.encode(sample.getValue()).toHex()).isEqualTo(bytes.toHex());
                    assertThat(MessageCodec.decode(bytes)).isEqualTo(sample.getValue());
                }));
    }

    @TestFactory
    @Requirement({"R-ENC.1", "R-MTP.4b"})
    Stream<DynamicTest> every_record_has_its_golden_bytes() throws IOException {
        Map<String, Bytes> golden = golden("golden-records.txt");
        return Samples.records().entrySet().stream()
                .map(sample -> DynamicTest.dynamicTest(sample.getKey(), () -> {
                    Bytes bytes = Objects.requireNonNull(golden.get(sample.getKey()));
                    assertThat(RecordCodec.encode(sample.getValue()).toHex()).isEqualTo(bytes.toHex());
                    assertThat(RecordCodec.decode(bytes)).isEqualTo(sample.getValue());
                }));
    }

    /// The hexadecimal digits before the bar of each line, by the name above them.
    private static Map<String, Bytes> golden(String resource) throws IOException {
        Map<String, StringBuilder> read = new LinkedHashMap<>();
        StringBuilder current = new StringBuilder();
        try (InputStream in = Objects.requireNonNull(GoldenBytesTest.class.getResourceAsStream(resource));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int bar = line.indexOf(" | ");
                if (line.startsWith("== ")) {
                    current = new StringBuilder();
                    read.put(line.substring(3), current);
                } else if (bar > 0) {
                    current.append(line.substring(0, bar).replace(" ", ""));
                }
            }
        }
        Map<String, Bytes> golden = new LinkedHashMap<>();
        read.forEach((name, hex) -> golden.put(name, Bytes.ofHex(hex.toString())));
        return golden;
    }
}
