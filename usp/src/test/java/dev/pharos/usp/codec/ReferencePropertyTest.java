// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.codec.internal.UspMsgProto.Msg;
import dev.pharos.usp.codec.internal.UspRecordProto.Record;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.RecordType.SegmentPosition;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import dev.pharos.usp.record.UspRecord.RecordProtection;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/// Holds the codec to the classes that protoc generates from the same schemas, whatever is sent.
class ReferencePropertyTest {

    @Property(tries = 2000)
    @Requirement({"R-ENC.0", "R-MSG.5"})
    void any_message_is_written_as_protobuf_writes_it_and_read_as_it_was(@ForAll long seed)
            throws MalformedInputException, InvalidProtocolBufferException {
        UspMessage message = new ArbitraryBodies(seed).message();
        Bytes bytes = MessageCodec.encode(message);
        assertThat(MessageCodec.decode(bytes)).isEqualTo(message);
        assertThat(Msg.parseFrom(bytes.toByteArray()).toByteArray()).isEqualTo(bytes.toByteArray());
    }

    @Property(tries = 3000)
    void a_message_with_broken_bytes_is_read_only_where_protobuf_reads_it_too(
            @ForAll long seed, @ForAll @Size(min = 1, max = 3) List<Integer> damage) {
        byte[] bytes = MessageCodec.encode(new ArbitraryBodies(seed).message()).toByteArray();
        for (int each : damage) {
            bytes[(each >>> 8) % bytes.length] = (byte) each;
        }
        try {
            MessageCodec.decode(Bytes.copyOf(bytes));
        } catch (MalformedInputException malformed) {
            assertThat(malformed.code().code()).isIn(7000, 7001, 7004);
            return;
        }
        assertThat(isMessage(bytes)).isTrue();
    }

    @Property(tries = 500)
    @Requirement({"R-ENC.1", "R-MTP.4b"})
    void any_session_record_is_written_as_protobuf_writes_it_and_read_as_it_was(
            @ForAll @Size(4) List<Long> numbers,
            @ForAll SegmentPosition position,
            @ForAll SegmentPosition recordPosition,
            @ForAll PayloadSecurity security,
            @ForAll byte[] signature,
            @ForAll @AlphaChars @StringLength(min = 1, max = 50) String peer,
            @ForAll List<byte[]> payload)
            throws MalformedInputException, InvalidProtocolBufferException {
        List<Bytes> parts = new ArrayList<>();
        payload.forEach(part -> parts.add(Bytes.copyOf(part)));
        UspRecord record = new UspRecord(
                "1.4",
                EndpointId.of("self::" + peer),
                EndpointId.of("os::00256D-1"),
                new RecordProtection(security, Bytes.copyOf(signature), Bytes.EMPTY),
                new RecordType.SessionContext(
                        numbers.get(0) | 1,
                        numbers.get(1) | 1,
                        numbers.get(2) | 1,
                        numbers.get(3),
                        position,
                        recordPosition,
                        parts));
        Bytes bytes = RecordCodec.encode(record);
        assertThat(RecordCodec.decode(bytes)).isEqualTo(record);
        assertThat(Record.parseFrom(bytes.toByteArray()).toByteArray()).isEqualTo(bytes.toByteArray());
    }

    @Property(tries = 500)
    void a_record_carries_its_payload_unchanged(@ForAll @Size(min = 1, max = 400) byte[] payload)
            throws MalformedInputException {
        UspRecord record = UspRecord.plain(
                EndpointId.of("proto::a"),
                EndpointId.of("proto::b"),
                new RecordType.NoSessionContext(Bytes.copyOf(payload)));
        RecordType.NoSessionContext read = (RecordType.NoSessionContext)
                RecordCodec.decode(RecordCodec.encode(record)).type();
        assertThat(read.payload().toByteArray()).isEqualTo(payload);
    }

    private static boolean isMessage(byte[] bytes) {
        try {
            return Msg.parseFrom(bytes).isInitialized();
        } catch (InvalidProtocolBufferException refused) {
            return false;
        }
    }
}
