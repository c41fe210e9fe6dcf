// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.Limits;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.codec.internal.UspRecordProto.DisconnectRecord;
import dev.pharos.usp.codec.internal.UspRecordProto.MQTTConnectRecord;
import dev.pharos.usp.codec.internal.UspRecordProto.NoSessionContextRecord;
import dev.pharos.usp.codec.internal.UspRecordProto.Record;
import dev.pharos.usp.codec.internal.UspRecordProto.STOMPConnectRecord;
import dev.pharos.usp.codec.internal.UspRecordProto.SessionContextRecord;
import dev.pharos.usp.record.UspRecord;
import org.junit.jupiter.api.Test;

class MalformedRecordTest {
    private static final Record WHOLE = Record.newBuilder()
            .setVersion("1.4")
            .setToId("proto::agent")
            .setFromId("proto::controller")
            .setNoSessionContext(NoSessionContextRecord.newBuilder().setPayload(ByteString.copyFromUtf8("x")))
            .build();
    private static final SessionContextRecord SESSION = SessionContextRecord.newBuilder()
            .setSessionId(2)
            .setSequenceId(1)
            .setExpectedId(1)
            .build();

    @Test
    void bytes_that_are_no_protobuf_are_7100() {
        assertThat(code(Bytes.ofHex("ffffff"))).isEqualTo(7100);
        assertThat(code(Bytes.ofHex("0a05"))).isEqualTo(7100);
        assertThat(code(Bytes.ofHex("0a02c328"))).isEqualTo(7100);
        assertThat(code(Bytes.ofHex("0e"))).isEqualTo(7100);
        assertThat(code(Bytes.adopt(new byte[Limits.MAX_RECORD_BYTES + 1]))).isEqualTo(7100);
    }

    @Test
    void every_truncation_of_every_record_is_refused_without_any_other_failure() {
        for (UspRecord sample : Samples.records().values()) {
            Bytes whole = RecordCodec.encode(sample);
            for (int size = 0; size < whole.size(); size++) {
                assertThat(code(whole.slice(0, size))).isIn(7100, 7104);
            }
        }
    }

    @Test
    @Requirement("R-MTP.4b")
    void a_missing_required_field_is_7104() {
        assertThat(code(WHOLE.toBuilder().clearVersion().build())).isEqualTo(7104);
        assertThat(code(WHOLE.toBuilder().clearToId().build())).isEqualTo(7104);
        assertThat(code(WHOLE.toBuilder().clearFromId().build())).isEqualTo(7104);
        assertThat(code(WHOLE.toBuilder()
                        .setNoSessionContext(NoSessionContextRecord.getDefaultInstance())
                        .build()))
                .isEqualTo(7104);
        assertThat(code(session(SESSION.toBuilder().clearSessionId()))).isEqualTo(7104);
        assertThat(code(session(SESSION.toBuilder().clearSequenceId()))).isEqualTo(7104);
        assertThat(code(session(SESSION.toBuilder().clearExpectedId()))).isEqualTo(7104);
        assertThat(code(WHOLE.toBuilder()
                        .setMqttConnect(MQTTConnectRecord.newBuilder().setVersion(MQTTConnectRecord.MQTTVersion.V5))
                        .build()))
                .isEqualTo(7104);
        assertThat(code(WHOLE.toBuilder()
                        .setStompConnect(STOMPConnectRecord.getDefaultInstance())
                        .build()))
                .isEqualTo(7104);
    }

    @Test
    @Requirement({"R-ENC.3", "R-ENC.4"})
    void a_record_type_that_is_unset_or_set_twice_is_refused() {
        assertThat(code(WHOLE.toBuilder().clearRecordType().build())).isEqualTo(7104);
        byte[] second = Record.newBuilder()
                .setDisconnect(DisconnectRecord.getDefaultInstance())
                .build()
                .toByteArray();
        Bytes both = Bytes.adopt(
                WHOLE.toByteString().concat(ByteString.copyFrom(second)).toByteArray());
        assertThat(code(both)).isEqualTo(7104);
    }

    @Test
    @Requirement("R-ENC.2")
    void an_unknown_enum_number_is_7104() {
        assertThat(code(WHOLE.toBuilder().setPayloadSecurityValue(2).build())).isEqualTo(7104);
        assertThat(code(WHOLE.toBuilder().setPayloadSecurityValue(-1).build())).isEqualTo(7104);
        assertThat(code(session(SESSION.toBuilder().setPayloadSarStateValue(4))))
                .isEqualTo(7104);
        assertThat(code(session(SESSION.toBuilder().setPayloadrecSarStateValue(4))))
                .isEqualTo(7104);
        assertThat(code(WHOLE.toBuilder()
                        .setMqttConnect(MQTTConnectRecord.newBuilder()
                                .setVersionValue(2)
                                .setSubscribedTopic("t"))
                        .build()))
                .isEqualTo(7104);
        assertThat(code(WHOLE.toBuilder()
                        .setStompConnect(STOMPConnectRecord.newBuilder()
                                .setVersionValue(1)
                                .setSubscribedDestination("d"))
                        .build()))
                .isEqualTo(7104);
    }

    @Test
    void an_endpoint_id_or_version_of_the_wrong_form_is_7104() {
        assertThat(code(WHOLE.toBuilder().setToId("agent").build())).isEqualTo(7104);
        assertThat(code(WHOLE.toBuilder().setFromId("proto::a b").build())).isEqualTo(7104);
        for (String version : new String[] {"1", "1.", ".4", "1.4.1", "v1.4", "1.4000", "-1.4"}) {
            assertThat(code(WHOLE.toBuilder().setVersion(version).build()))
                    .as(version)
                    .isEqualTo(7104);
        }
    }

    @Test
    void a_higher_version_is_no_parse_error() throws MalformedInputException {
        Bytes bytes = bytes(WHOLE.toBuilder().setVersion("9.12").build());
        assertThat(RecordCodec.decode(bytes).version()).isEqualTo("9.12");
    }

    private static Record session(SessionContextRecord.Builder session) {
        return WHOLE.toBuilder().setSessionContext(session).build();
    }

    private static Bytes bytes(Record record) {
        return Bytes.adopt(record.toByteArray());
    }

    private static int code(Record record) {
        return code(bytes(record));
    }

    private static int code(Bytes bytes) {
        return catchThrowableOfType(MalformedInputException.class, () -> RecordCodec.decode(bytes))
                .code()
                .code();
    }
}
