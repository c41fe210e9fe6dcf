// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType.NoSessionContext;
import dev.pharos.usp.record.UspRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reads what another implementation really sent. The recordings are no part of this repository; without them
/// these tests are skipped.
class RecordedTrafficTest {
    private static final Path VECTORS = Path.of(System.getProperty("pharos.vectors", "../../shared/vectors"))
            .resolve("usp");
    private static final Pattern ITEM = Pattern.compile("@\\d+ ([<>]) (\\w+) .*");

    record Item(String file, boolean fromPeer, Bytes bytes) {}

    @BeforeEach
    void recordings_are_there() {
        Assumptions.assumeTrue(
                Files.isDirectory(VECTORS), "no recordings at " + VECTORS + "; name their folder in pharos.vectors");
    }

    @Test
    void every_record_and_message_that_the_peer_sent_is_read_and_means_the_same_when_written_again()
            throws IOException, MalformedInputException {
        int messages = 0;
        for (Item item : items("record")) {
            if (item.fromPeer()) {
                UspRecord record = RecordCodec.decode(item.bytes());
                assertThat(RecordCodec.decode(RecordCodec.encode(record))).isEqualTo(record);
                if (record.type() instanceof NoSessionContext plain) {
                    UspMessage message = MessageCodec.decode(plain.payload());
                    assertThat(MessageCodec.decode(MessageCodec.encode(message)))
                            .as(item.file())
                            .isEqualTo(message);
                    messages++;
                }
            }
        }
        assertThat(messages).isGreaterThan(100);
    }

    @Test
    void messages_that_were_reassembled_from_segments_are_read() throws IOException, MalformedInputException {
        List<Item> reassembled = items("reassembled");
        assertThat(reassembled).isNotEmpty();
        for (Item item : reassembled) {
            assertThat(MessageCodec.decode(item.bytes()).id().value()).isNotEmpty();
        }
    }

    @Test
    void what_we_sent_is_read_or_refused_as_malformed() throws IOException {
        int read = 0;
        for (Item item : items("record")) {
            try {
                if (RecordCodec.decode(item.bytes()).type() instanceof NoSessionContext plain) {
                    MessageCodec.decode(plain.payload());
                }
                read++;
            } catch (MalformedInputException malformed) {
                assertThat(item.fromPeer()).as(item.file() + malformed.detail()).isFalse();
                // The files whose subject is bad input.
                assertThat(item.file()).as(malformed.detail()).matches("c\\d-.*|.*-bad\\.txt");
            }
        }
        assertThat(read).isGreaterThan(250);
    }

    private static List<Item> items(String kind) throws IOException {
        List<Item> items = new ArrayList<>();
        try (Stream<Path> files = Files.list(VECTORS)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".txt")).toList()) {
                read(file, kind, items);
            }
        }
        return items;
    }

    private static void read(Path file, String kind, List<Item> items) throws IOException {
        String name = String.valueOf(file.getFileName());
        boolean wanted = false;
        boolean fromPeer = false;
        StringBuilder hex = new StringBuilder();
        List<String> lines = new ArrayList<>(Files.readAllLines(file, StandardCharsets.US_ASCII));
        lines.add("@0 > end 0");
        for (String line : lines) {
            Matcher item = ITEM.matcher(line);
            if (item.matches()) {
                if (wanted) {
                    items.add(new Item(name, fromPeer, Bytes.ofHex(hex.toString())));
                }
                wanted = item.group(2).equals(kind);
                fromPeer = item.group(1).equals("<");
                hex.setLength(0);
            } else if (line.matches("[0-9a-f]+")) {
                hex.append(line);
            }
        }
    }
}
