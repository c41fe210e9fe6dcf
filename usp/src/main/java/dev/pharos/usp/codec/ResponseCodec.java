// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.LEN;

import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.DeregisterResponse;
import dev.pharos.usp.message.GetInstancesResponse;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetSupportedDmResponse;
import dev.pharos.usp.message.GetSupportedProtocolResponse;
import dev.pharos.usp.message.NotifyResponse;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.RegisterResponse;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.SetResponse;
import org.jspecify.annotations.Nullable;

/// The Response body: which response it is.
final class ResponseCodec {
    private static final int GET_RESP = 1 << 3 | LEN;
    private static final int GET_SUPPORTED_DM_RESP = 2 << 3 | LEN;
    private static final int GET_INSTANCES_RESP = 3 << 3 | LEN;
    private static final int SET_RESP = 4 << 3 | LEN;
    private static final int ADD_RESP = 5 << 3 | LEN;
    private static final int DELETE_RESP = 6 << 3 | LEN;
    private static final int OPERATE_RESP = 7 << 3 | LEN;
    private static final int NOTIFY_RESP = 8 << 3 | LEN;
    private static final int GET_SUPPORTED_PROTOCOL_RESP = 9 << 3 | LEN;
    private static final int REGISTER_RESP = 10 << 3 | LEN;
    private static final int DEREGISTER_RESP = 11 << 3 | LEN;

    private ResponseCodec() {}

    static Response read(WireReader in) throws MalformedInputException {
        @Nullable Response read = null;
        boolean foreign = false;
        while (in.next()) {
            Response member = member(in);
            if (member == null) {
                foreign |= (in.tag() & 7) == LEN;
                in.skip();
            } else {
                in.requireUnset(read, "resp_type");
                read = member;
            }
        }
        if (read == null && foreign) {
            throw MessageCodec.notSupported("a Response of a kind that USP 1.4 does not have");
        }
        return in.requireSet(read, "resp_type");
    }

    private static @Nullable Response member(WireReader in) throws MalformedInputException {
        return switch (in.tag()) {
            case GET_RESP -> in.nested(GetCodec::readResponse);
            case GET_SUPPORTED_DM_RESP -> in.nested(GetSupportedDmCodec::readResponse);
            case GET_INSTANCES_RESP -> in.nested(GetInstancesCodec::readResponse);
            case SET_RESP -> in.nested(SetCodec::readResponse);
            case ADD_RESP -> in.nested(AddCodec::readResponse);
            case DELETE_RESP -> in.nested(DeleteCodec::readResponse);
            case OPERATE_RESP -> in.nested(OperateCodec::readResponse);
            case NOTIFY_RESP -> in.nested(NotifyCodec::readResponse);
            case GET_SUPPORTED_PROTOCOL_RESP -> in.nested(GetSupportedProtocolCodec::readResponse);
            case REGISTER_RESP -> in.nested(RegisterCodec::readResponse);
            case DEREGISTER_RESP -> in.nested(DeregisterCodec::readResponse);
            default -> null;
        };
    }

    static void write(WireWriter out, Response body) {
        switch (body) {
            case GetResponse member -> out.nested(GET_RESP, member, GetCodec::writeResponse);
            case GetSupportedDmResponse member ->
                out.nested(GET_SUPPORTED_DM_RESP, member, GetSupportedDmCodec::writeResponse);
            case GetInstancesResponse member ->
                out.nested(GET_INSTANCES_RESP, member, GetInstancesCodec::writeResponse);
            case SetResponse member -> out.nested(SET_RESP, member, SetCodec::writeResponse);
            case AddResponse member -> out.nested(ADD_RESP, member, AddCodec::writeResponse);
            case DeleteResponse member -> out.nested(DELETE_RESP, member, DeleteCodec::writeResponse);
            case OperateResponse member -> out.nested(OPERATE_RESP, member, OperateCodec::writeResponse);
            case NotifyResponse member -> out.nested(NOTIFY_RESP, member, NotifyCodec::writeResponse);
            case GetSupportedProtocolResponse member ->
                out.nested(GET_SUPPORTED_PROTOCOL_RESP, member, GetSupportedProtocolCodec::writeResponse);
            case RegisterResponse member -> out.nested(REGISTER_RESP, member, RegisterCodec::writeResponse);
            case DeregisterResponse member -> out.nested(DEREGISTER_RESP, member, DeregisterCodec::writeResponse);
        }
    }

    static MessageType typeOf(Response body) {
        return switch (body) {
            case GetResponse ignored -> MessageType.GET_RESP;
            case GetSupportedDmResponse ignored -> MessageType.GET_SUPPORTED_DM_RESP;
            case GetInstancesResponse ignored -> MessageType.GET_INSTANCES_RESP;
            case SetResponse ignored -> MessageType.SET_RESP;
            case AddResponse ignored -> MessageType.ADD_RESP;
            case DeleteResponse ignored -> MessageType.DELETE_RESP;
            case OperateResponse ignored -> MessageType.OPERATE_RESP;
            case NotifyResponse ignored -> MessageType.NOTIFY_RESP;
            case GetSupportedProtocolResponse ignored -> MessageType.GET_SUPPORTED_PROTO_RESP;
            case RegisterResponse ignored -> MessageType.REGISTER_RESP;
            case DeregisterResponse ignored -> MessageType.DEREGISTER_RESP;
        };
    }
}
