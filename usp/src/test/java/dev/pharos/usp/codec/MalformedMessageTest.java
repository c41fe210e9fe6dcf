// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.Limits;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.codec.internal.UspMsgProto;
import dev.pharos.usp.codec.internal.UspMsgProto.Msg;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.UspMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MalformedMessageTest {
    private static final UspMsgProto.Header HEADER = UspMsgProto.Header.newBuilder()
            .setMsgId("m-1")
            .setMsgType(UspMsgProto.Header.MsgType.GET)
            .build();

    @Test
    void bytes_that_are_no_protobuf_are_7000() {
        assertThat(refusal(Bytes.ofHex("ffffff")).code().code()).isEqualTo(7000);
        assertThat(refusal(Bytes.ofHex("0a05")).code().code()).isEqualTo(7000);
        assertThat(refusal(Bytes.ofHex("00")).code().code()).isEqualTo(7000);
        assertThat(refusal(Bytes.ofHex("0c")).code().code()).isEqualTo(7000);
        assertThat(refusal(Bytes.ofHex("0affffffffffffffffffff01")).code().code())
                .isEqualTo(7000);
    }

    @Test
    void every_truncation_of_every_message_is_refused_without_any_other_failure() {
        for (UspMessage sample : Samples.messages().values()) {
            Bytes whole = MessageCodec.encode(sample);
            for (int size = 0; size < whole.size(); size++) {
                assertThat(refusal(whole.slice(0, size)).code().code()).isIn(7000, 7004);
            }
        }
    }

    @Test
    void a_text_that_is_not_utf8_is_7000() {
        assertThat(refusal(Bytes.ofHex("0a040a02c328")).code().code()).isEqualTo(7000);
        // A surrogate written as if it were a character.
        assertThat(refusal(Bytes.ofHex("0a050a03eda080")).code().code()).isEqualTo(7000);
    }

    @Test
    @Requirement({"R-ENC.3", "R-ENC.5"})
    void an_unset_oneof_is_7004_at_every_level() {
        assertThat(refusal(body(UspMsgProto.Body.newBuilder())).code().code()).isEqualTo(7004);
        assertThat(refusal(body(UspMsgProto.Body.newBuilder().setRequest(UspMsgProto.Request.newBuilder())))
                        .code()
                        .code())
                .isEqualTo(7004);
        assertThat(refusal(body(UspMsgProto.Body.newBuilder().setResponse(UspMsgProto.Response.newBuilder())))
                        .code()
                        .code())
                .isEqualTo(7004);
        assertThat(refusal(request(UspMsgProto.Request.newBuilder().setNotify(UspMsgProto.Notify.newBuilder())))
                        .code()
                        .code())
                .isEqualTo(7004);
        assertThat(refusal(response(UspMsgProto.Response.newBuilder()
                                .setSetResp(UspMsgProto.SetResp.newBuilder()
                                        .addUpdatedObjResults(UspMsgProto.SetResp.UpdatedObjectResult.newBuilder()))))
                        .code()
                        .code())
                .isEqualTo(7004);
    }

    @Test
    @Requirement({"R-ENC.3", "R-ENC.5", "R-MSG.6", "R-MSG.7"})
    void a_oneof_header_or_body_that_is_there_twice_is_7004() {
        String header = "0a050a036d2d31";
        String get = "1206" + "0a040a020a00";
        assertThat(refusal(Bytes.ofHex(header + header + get)).code().code()).isEqualTo(7004);
        assertThat(refusal(Bytes.ofHex(header + get + get)).code().code()).isEqualTo(7004);
        assertThat(refusal(Bytes.ofHex(header + "1208" + "0a020a00" + "0a020a00"))
                        .code()
                        .code())
                .isEqualTo(7004);
        assertThat(refusal(Bytes.ofHex(header + "1206" + "0a040a000a00")).code().code())
                .isEqualTo(7004);
    }

    @Test
    @Requirement("R-ENC.2")
    void an_unknown_enum_number_is_7004() {
        UspMsgProto.GetSupportedDMResp answer = UspMsgProto.GetSupportedDMResp.newBuilder()
                .addReqObjResults(UspMsgProto.GetSupportedDMResp.RequestedObjectResult.newBuilder()
                        .addSupportedObjs(UspMsgProto.GetSupportedDMResp.SupportedObjectResult.newBuilder()
                                .setAccessValue(4)))
                .build();
        assertThat(refusal(response(UspMsgProto.Response.newBuilder().setGetSupportedDmResp(answer)))
                        .code()
                        .code())
                .isEqualTo(7004);
    }

    @Test
    @Requirement("R-MSG.1")
    void a_kind_of_message_that_we_do_not_have_is_7001() {
        UspMsgProto.Request.Builder future = UspMsgProto.Request.newBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                12,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.EMPTY)
                                        .build())
                        .build());
        assertThat(refusal(request(future)).code().code()).isEqualTo(7001);
        Msg unknownType = Msg.newBuilder()
                .setHeader(UspMsgProto.Header.newBuilder().setMsgId("m-1").setMsgTypeValue(23))
                .setBody(UspMsgProto.Body.newBuilder()
                        .setRequest(UspMsgProto.Request.newBuilder().setGet(UspMsgProto.Get.newBuilder())))
                .build();
        assertThat(refusal(bytes(unknownType)).code().code()).isEqualTo(7001);
    }

    @Test
    @Requirement({"R-MSG.6", "R-MSG.7", "R-MSG.8"})
    void a_message_without_header_msg_id_or_body_is_7004() {
        Msg whole = Msg.newBuilder()
                .setHeader(HEADER)
                .setBody(UspMsgProto.Body.newBuilder()
                        .setRequest(UspMsgProto.Request.newBuilder().setGet(UspMsgProto.Get.newBuilder())))
                .build();
        assertThat(refusal(bytes(whole.toBuilder().clearHeader().build()))
                        .code()
                        .code())
                .isEqualTo(7004);
        assertThat(refusal(bytes(whole.toBuilder().clearBody().build())).code().code())
                .isEqualTo(7004);
        assertThat(refusal(bytes(whole.toBuilder()
                                .setHeader(HEADER.toBuilder().clearMsgId())
                                .build()))
                        .code()
                        .code())
                .isEqualTo(7004);
        assertThat(refusal(Bytes.EMPTY).code().code()).isEqualTo(7004);
    }

    @Test
    @Requirement("R-MSG.9")
    void an_answer_without_msg_id_is_read_and_matches_nothing() throws MalformedInputException {
        Msg error = Msg.newBuilder()
                .setHeader(UspMsgProto.Header.getDefaultInstance())
                .setBody(UspMsgProto.Body.newBuilder()
                        .setError(UspMsgProto.Error.newBuilder().setErrCode(7000)))
                .build();
        assertThat(MessageCodec.decode(bytes(error)).id().value()).isEmpty();
    }

    @Test
    void groups_end_where_they_began() {
        assertThat(refusal(Bytes.ofHex("1b24")).code().code()).isEqualTo(7000);
        assertThat(refusal(Bytes.ofHex("1b")).code().code()).isEqualTo(7000);
        assertThat(refusal(Bytes.ofHex("1b1c")).detail()).contains("header is not set");
    }

    @Test
    @Requirement("R-MSG.10")
    void the_body_decides_where_msg_type_says_something_else() throws MalformedInputException {
        Msg contradictory = Msg.newBuilder()
                .setHeader(HEADER.toBuilder().setMsgType(UspMsgProto.Header.MsgType.SET_RESP))
                .setBody(UspMsgProto.Body.newBuilder()
                        .setRequest(UspMsgProto.Request.newBuilder().setGet(UspMsgProto.Get.newBuilder())))
                .build();
        assertThat(MessageCodec.decode(bytes(contradictory)).body()).isInstanceOf(GetRequest.class);
    }

    @Test
    void unknown_fields_of_every_wire_type_are_passed_over() throws MalformedInputException {
        UnknownFieldSet.Field inner = UnknownFieldSet.Field.newBuilder()
                .addVarint(-1)
                .addFixed32(7)
                .addFixed64(8)
                .addLengthDelimited(ByteString.copyFromUtf8("later"))
                .build();
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(
                        99,
                        UnknownFieldSet.Field.newBuilder(inner)
                                .addGroup(UnknownFieldSet.newBuilder()
                                        .addField(1, inner)
                                        .build())
                                .build())
                .build();
        Msg message = Msg.newBuilder()
                .setUnknownFields(unknown)
                .setHeader(HEADER.toBuilder().setUnknownFields(unknown))
                .setBody(UspMsgProto.Body.newBuilder()
                        .setUnknownFields(unknown)
                        .setRequest(UspMsgProto.Request.newBuilder()
                                .setUnknownFields(unknown)
                                .setGet(UspMsgProto.Get.newBuilder()
                                        .setUnknownFields(unknown)
                                        .addParamPaths("Device."))))
                .build();
        assertThat(MessageCodec.decode(bytes(message)).body()).isEqualTo(new GetRequest(List.of("Device."), 0));
    }

    @Test
    void groups_nested_too_deeply_are_refused() {
        assertThat(refusal(Bytes.ofHex("1b".repeat(Limits.MAX_GROUP_DEPTH + 1))).detail())
                .contains("nested deeper");
        assertThat(refusal(Bytes.ofHex("1b".repeat(50_000))).code().code()).isEqualTo(7000);
    }

    @Test
    void more_items_than_the_limit_are_refused() {
        byte[] many = new byte[2 * (Limits.MAX_ELEMENTS + 1)];
        for (int index = 0; index < many.length; index += 2) {
            many[index] = 0x0a;
        }
        UspMsgProto.Request.Builder request = UspMsgProto.Request.newBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                1,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFrom(many))
                                        .build())
                        .build());
        assertThat(refusal(request(request)).detail()).contains("more than " + Limits.MAX_ELEMENTS);
    }

    @Test
    void bytes_beyond_the_size_limit_are_refused_unread() {
        assertThat(refusal(Bytes.adopt(new byte[Limits.MAX_RECORD_BYTES + 1])).detail())
                .contains("at most");
    }

    @Test
    void an_operate_result_without_outcome_reads_as_no_output() throws MalformedInputException {
        Bytes bytes = response(UspMsgProto.Response.newBuilder()
                .setOperateResp(UspMsgProto.OperateResp.newBuilder()
                        .addOperationResults(UspMsgProto.OperateResp.OperationResult.newBuilder()
                                .setExecutedCommand("Device.Reboot()"))));
        OperateResponse answer = (OperateResponse) MessageCodec.decode(bytes).body();
        assertThat(answer.operationResults().getFirst().outcome()).isEqualTo(new OperateResponse.OutputArgs(Map.of()));
    }

    @Test
    @Requirement("R-MTP.5")
    void the_envelope_of_a_refused_request_names_it() {
        Bytes unset = body(UspMsgProto.Body.newBuilder().setRequest(UspMsgProto.Request.newBuilder()));
        assertThat(MessageCodec.envelope(unset)).isEqualTo(new MessageCodec.Envelope("m-1", true));
        Bytes whole = MessageCodec.encode(Samples.messages().values().stream()
                .filter(message -> message.body() instanceof GetRequest)
                .findFirst()
                .orElseThrow());
        assertThat(MessageCodec.envelope(whole.slice(0, whole.size() - 3)))
                .isEqualTo(new MessageCodec.Envelope("m-1", true));
    }

    @Test
    @Requirement("R-MTP.5")
    void the_envelope_of_a_response_or_of_nothing_says_that_it_is_no_request() {
        Bytes unset = body(UspMsgProto.Body.newBuilder().setResponse(UspMsgProto.Response.newBuilder()));
        assertThat(MessageCodec.envelope(unset)).isEqualTo(new MessageCodec.Envelope("m-1", false));
        assertThat(MessageCodec.envelope(Bytes.ofHex("ffffff"))).isEqualTo(new MessageCodec.Envelope("", false));
    }

    private static MalformedInputException refusal(Bytes bytes) {
        return catchThrowableOfType(MalformedInputException.class, () -> MessageCodec.decode(bytes));
    }

    private static Bytes request(UspMsgProto.Request.Builder request) {
        return body(UspMsgProto.Body.newBuilder().setRequest(request));
    }

    private static Bytes response(UspMsgProto.Response.Builder response) {
        return body(UspMsgProto.Body.newBuilder().setResponse(response));
    }

    private static Bytes body(UspMsgProto.Body.Builder body) {
        return bytes(Msg.newBuilder().setHeader(HEADER).setBody(body).build());
    }

    private static Bytes bytes(Msg message) {
        return Bytes.adopt(message.toByteArray());
    }
}
