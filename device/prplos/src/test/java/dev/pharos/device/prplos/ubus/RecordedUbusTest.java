// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.testkit.ubus.UbusDaemon;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What OpenWrt's ubusd and its clients really sent: our codec reads and writes it, and the ubusd of the tests
/// answers in the same way. The recordings are no part of this repository; without them these tests are
/// skipped.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RecordedUbusTest {
    private static final Path VECTORS = Path.of(System.getProperty("pharos.vectors", "../../../shared/vectors"))
            .resolve("ubus");
    private static final Pattern ITEM = Pattern.compile("@\\d+ ([<>]) ubus .*?(?:\\[connection (\\d+)])?");

    @TempDir
    private Path folder = Path.of("");

    /// One message.
    private record Item(boolean fromDaemon, int connection, Bytes content) {
        byte[] bytes() {
            return content.toByteArray();
        }

        UbusMessage message() {
            return UbusMessage.decoded(
                            content.slice(0, UbusMessage.HEAD_BYTES).toByteArray(),
                            content.slice(UbusMessage.HEAD_BYTES, content.size())
                                    .toByteArray())
                    .orElseThrow();
        }
    }

    @BeforeEach
    void recordings_are_there() {
        Assumptions.assumeTrue(
                Files.isDirectory(VECTORS), "no recordings at " + VECTORS + "; name their folder in pharos.vectors");
    }

    private static List<Item> items(Path file) throws IOException {
        List<Item> items = new ArrayList<>();
        StringBuilder hex = new StringBuilder();
        Matcher head = ITEM.matcher("");
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("@")) {
                head = ITEM.matcher(line);
                assertThat(head.matches()).as(line).isTrue();
                hex.setLength(0);
            } else if (line.matches("[0-9a-f]+")) {
                hex.append(line);
            } else if (line.isEmpty() && !hex.isEmpty()) {
                items.add(item(head, hex));
                hex.setLength(0);
            }
        }
        if (!hex.isEmpty()) {
            items.add(item(head, hex));
        }
        return items;
    }

    private static Item item(Matcher head, StringBuilder hex) {
        String connection = head.group(2);
        return new Item(
                head.group(1).equals("<"),
                connection == null ? 1 : Integer.parseInt(connection),
                Bytes.ofHex(hex.toString()));
    }

    @Test
    void every_message_is_read_and_written_again_byte_for_byte() throws Exception {
        int seen = 0;
        try (Stream<Path> files = Files.list(VECTORS)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".txt"))
                    .filter(each -> !each.toString().contains("17-hand-made"))
                    .toList()) {
                for (Item item : items(file)) {
                    UbusMessage message = item.message();
                    assertThat(message.encoded()).as(file + " " + message).isEqualTo(item.bytes());
                    seen += tables(message);
                }
            }
        }
        assertThat(seen).isGreaterThan(100);
    }

    /// Each table within is written again byte for byte too.
    private static int tables(UbusMessage message) throws Exception {
        int tables = 0;
        for (UbusAttribute id : Set.of(UbusAttribute.DATA, UbusAttribute.SIGNATURE)) {
            if (message.attributes().payloads().containsKey(id)) {
                UbusTable table = message.attributes().table(id);
                assertThat(UbusAttributes.NONE.with(id, table).payloads())
                        .containsEntry(id, message.attributes().payloads().get(id));
                tables++;
            }
        }
        return tables;
    }

    @ParameterizedTest
    @ValueSource(strings = {"12-event-listen-send.txt", "15-add-object-serve.txt", "17-hand-made.txt"})
    void the_daemon_of_the_tests_answers_as_the_real_one(String file) throws IOException {
        List<Item> items = items(VECTORS.resolve(file));
        // what came from a program that is not in the recording, or was asked of one
        Set<Integer> skipped = file.startsWith("17") ? Set.of(6, 9, 10, 11) : Set.of();
        Map<Integer, SocketChannel> connections = new HashMap<>();
        Ids ids = new Ids();
        try (UbusDaemon daemon = UbusDaemon.at(folder.resolve("ubus.sock"))) {
            for (Item item : items) {
                if (skipped.contains(item.connection()) || (file.startsWith("15") && isOfAbsent(item))) {
                    continue;
                }
                SocketChannel channel = connections.get(item.connection());
                if (channel == null) {
                    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                    channel.connect(UnixDomainSocketAddress.of(daemon.socket()));
                    connections.put(item.connection(), channel);
                }
                if (item.fromDaemon()) {
                    ids.compare(item.bytes(), read(channel));
                } else {
                    channel.write(ByteBuffer.wrap(ids.replayed(item.bytes())));
                }
            }
        } finally {
            for (SocketChannel channel : connections.values()) {
                channel.close();
            }
        }
    }

    /// The calls of the client that is not shown, and what answers them.
    private static boolean isOfAbsent(Item item) {
        UbusMessageType type = item.message().type();
        return type == UbusMessageType.INVOKE
                || type == UbusMessageType.NOTIFY
                || (!item.fromDaemon() && type != UbusMessageType.ADD_OBJECT);
    }

    private static byte[] read(SocketChannel channel) throws IOException {
        byte[] head = read(channel, UbusMessage.HEAD_BYTES);
        byte[] body = read(channel, UbusMessage.bodyBytes(head));
        byte[] message = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, message, head.length, body.length);
        return message;
    }

    private static byte[] read(SocketChannel channel, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            assertThat(channel.read(buffer)).isPositive();
        }
        return buffer.array();
    }

    /// Ids are made up by each ubusd: which of one stands for which of the other.
    private static final class Ids {
        private final Map<String, String> ofOurs = new HashMap<>();

        /// Equal but for ids, which mean the same wherever they come again.
        void compare(byte[] recorded, byte[] ours) {
            assertThat(ours).hasSameSizeAs(recorded);
            for (int at = 0; at < ours.length; at += 4) {
                String theirs = HexFormat.of().formatHex(recorded, at, at + 4);
                String own = HexFormat.of().formatHex(ours, at, at + 4);
                if (isId(recorded, at)) {
                    assertThat(ofOurs.computeIfAbsent(theirs, id -> own))
                            .as("word %d of %s", at, HexFormat.of().formatHex(ours))
                            .isEqualTo(own);
                } else if (at != 0 || recorded[1] != 5) {
                    // the numbers of events are those since ubusd started
                    assertThat(own)
                            .as("word %d of %s", at, HexFormat.of().formatHex(ours))
                            .isEqualTo(theirs);
                }
            }
        }

        /// The header's peer, and the content of the attributes OBJID, OBJTYPE and TARGET.
        private static boolean isId(byte[] recorded, int at) {
            String value = HexFormat.of().formatHex(recorded, at, at + 4);
            boolean small = value.startsWith("0000");
            String before = at < 4 ? "" : HexFormat.of().formatHex(recorded, at - 4, at);
            return !small && (at == 4 || before.matches("0[358]000008")) && !value.equals("12345678");
        }

        byte[] replayed(byte[] recorded) {
            String hex = HexFormat.of().formatHex(recorded);
            for (Map.Entry<String, String> id : ofOurs.entrySet()) {
                hex = hex.replace(id.getKey(), id.getValue());
            }
            return HexFormat.of().parseHex(hex);
        }
    }
}
