// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.integrity.Carrier;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Puts our session in the place of another implementation's agent, in conversations that were recorded with
/// it. The recordings are no part of this repository; without them these tests are skipped.
class RecordedSessionTest {
    private static final Path VECTORS = Path.of(System.getProperty("pharos.vectors", "../../shared/vectors"))
            .resolve("usp");
    private static final Pattern ITEM = Pattern.compile("@\\d+ ([<>]) (\\w+) .*");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final List<Bytes> delivered = new ArrayList<>();
    private E2eSession session = session("proto::obuspa-wss", "proto::yard-controller");

    private record Item(boolean fromAgent, String kind, Bytes bytes) {}

    private static E2eSession session(String own, String peer) {
        return new E2eSession(
                new Parties(EndpointId.of(own), EndpointId.of(peer)),
                TwoSessions.policy(),
                new Random(1),
                TwoSessions.NOTHING_SECURE);
    }

    @BeforeEach
    void recordings_are_there() {
        Assumptions.assumeTrue(
                Files.isDirectory(VECTORS), "no recordings at " + VECTORS + "; name their folder in pharos.vectors");
    }

    private List<RecordType.SessionContext> receive(Item item) throws MalformedInputException {
        UspRecord record = RecordCodec.decode(item.bytes());
        SessionStep step =
                session.receive(record, (RecordType.SessionContext) record.type(), Carrier.ON_THIS_HOST, NOON);
        delivered.addAll(step.messages());
        return step.records().stream()
                .map(sent -> (RecordType.SessionContext) sent.type())
                .toList();
    }

    private static RecordType.SessionContext context(Item item) throws MalformedInputException {
        return (RecordType.SessionContext) RecordCodec.decode(item.bytes()).type();
    }

    private static boolean isSession(Item item) throws MalformedInputException {
        return item.kind().equals("record")
                && RecordCodec.decode(item.bytes()).type() instanceof RecordType.SessionContext;
    }

    @Test
    @Requirement({"R-E2E.4", "R-E2E.15", "R-E2E.17"})
    void a_recorded_conversation_goes_the_same_with_our_session_in_the_agents_place()
            throws IOException, MalformedInputException {
        for (String file : List.of("d0-session-single", "d1-session-two-segments", "d2-session-three-segments")) {
            for (Item item : items(file)) {
                if (!isSession(item)) {
                    continue;
                }
                if (!item.fromAgent()) {
                    assertThat(receive(item)).isEmpty();
                    continue;
                }
                RecordType.SessionContext theirs = context(item);
                SessionStep ours = session.send(theirs.payload().getFirst(), OnRestart.SEND_AGAIN, NOON);
                assertThat(ours.records()).as(file).hasSize(1);
                assertThat(ours.records().getFirst().type()).as(file).isEqualTo(theirs);
            }
        }
        assertThat(delivered).hasSizeGreaterThanOrEqualTo(4);
        for (Bytes message : delivered) {
            assertThat(MessageCodec.decode(message).id().value()).isNotEmpty();
        }
    }

    @Test
    void an_answer_that_was_cut_up_comes_together_as_it_was_sent() throws IOException, MalformedInputException {
        session = session("proto::yard-controller", "proto::obuspa-wss");
        Bytes whole = Bytes.EMPTY;
        Reassembly reassembly = new Reassembly();
        List<Bytes> messages = new ArrayList<>();
        for (Item item : items("d3-session-max-record-size")) {
            if (item.kind().equals("reassembled")) {
                whole = item.bytes();
            } else if (item.fromAgent()
                    && reassembly.add(Segment.of(context(item))) instanceof Reassembly.Whole(List<Bytes> payload)) {
                messages.add(Reassembly.joined(payload));
            }
        }
        assertThat(messages).hasSize(2);
        assertThat(messages.getLast()).isEqualTo(whole);
    }

    @Test
    @Requirement({"R-E2E.20", "R-E2E.25", "R-E2E.6"})
    void a_repeated_and_an_early_record_are_not_carried_out_as_the_recorded_agent_did()
            throws IOException, MalformedInputException {
        List<Item> sent = new ArrayList<>();
        for (Item item : items("d4-session-sequence-gap-and-duplicate")) {
            if (!item.fromAgent() && isSession(item)) {
                sent.add(item);
            }
        }
        assertThat(sent).hasSize(5);
        List<Integer> deliveredAfter = new ArrayList<>();
        for (Item item : sent) {
            receive(item);
            session.send(Bytes.ofUtf8("answer"), OnRestart.SEND_AGAIN, NOON);
            deliveredAfter.add(delivered.size());
        }
        assertThat(deliveredAfter).containsExactly(1, 1, 1, 3, 3);
        assertThat(session.sessionId()).isEqualTo(9);
    }

    private static List<Item> items(String file) throws IOException {
        List<Item> items = new ArrayList<>();
        String kind = "";
        boolean fromAgent = false;
        StringBuilder hex = new StringBuilder();
        List<String> lines =
                new ArrayList<>(Files.readAllLines(VECTORS.resolve(file + ".txt"), StandardCharsets.US_ASCII));
        lines.add("@0 > end 0");
        for (String line : lines) {
            Matcher item = ITEM.matcher(line);
            if (item.matches()) {
                if (!kind.isEmpty()) {
                    items.add(new Item(fromAgent, kind, Bytes.ofHex(hex.toString())));
                }
                kind = item.group(2);
                fromAgent = item.group(1).equals("<");
                hex.setLength(0);
            } else if (line.matches("[0-9a-f]+")) {
                hex.append(line);
            }
        }
        return items;
    }
}
