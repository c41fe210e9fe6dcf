// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.LEN;

import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeregisterRequest;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.RegisterRequest;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.SetRequest;
import org.jspecify.annotations.Nullable;

/// The Request body: which request it is.
final class RequestCodec {
    private static final int GET = 1 << 3 | LEN;
    private static final int GET_SUPPORTED_DM = 2 << 3 | LEN;
    private static final int GET_INSTANCES = 3 << 3 | LEN;
    private static final int SET = 4 << 3 | LEN;
    private static final int ADD = 5 << 3 | LEN;
    private static final int DELETE = 6 << 3 | LEN;
    private static final int OPERATE = 7 << 3 | LEN;
    private static final int NOTIFY = 8 << 3 | LEN;
    private static final int GET_SUPPORTED_PROTOCOL = 9 << 3 | LEN;
    private static final int REGISTER = 10 << 3 | LEN;
    private static final int DEREGISTER = 11 << 3 | LEN;

    private RequestCodec() {}

    static Request<?> read(WireReader in) throws MalformedInputException {
        @Nullable Request<?> read = null;
        boolean foreign = false;
        while (in.next()) {
            Request<?> member = member(in);
            if (member == null) {
                foreign |= (in.tag() & 7) == LEN;
                in.skip();
            } else {
                in.requireUnset(read, "req_type");
                read = member;
            }
        }
        if (read == null && foreign) {
            throw MessageCodec.notSupported("a Request of a kind that USP 1.4 does not have");
        }
        return in.requireSet(read, "req_type");
    }

    private static @Nullable Request<?> member(WireReader in) throws MalformedInputException {
        return switch (in.tag()) {
            case GET -> in.nested(GetCodec::readRequest);
            case GET_SUPPORTED_DM -> in.nested(GetSupportedDmCodec::readRequest);
            case GET_INSTANCES -> in.nested(GetInstancesCodec::readRequest);
            case SET -> in.nested(SetCodec::readRequest);
            case ADD -> in.nested(AddCodec::readRequest);
            case DELETE -> in.nested(DeleteCodec::readRequest);
            case OPERATE -> in.nested(OperateCodec::readRequest);
            case NOTIFY -> in.nested(NotifyCodec::readRequest);
            case GET_SUPPORTED_PROTOCOL -> in.nested(GetSupportedProtocolCodec::readRequest);
            case REGISTER -> in.nested(RegisterCodec::readRequest);
            case DEREGISTER -> in.nested(DeregisterCodec::readRequest);
            default -> null;
        };
    }

    static void write(WireWriter out, Request<?> body) {
        switch (body) {
            case GetRequest member -> out.nested(GET, member, GetCodec::writeRequest);
            case GetSupportedDmRequest member ->
                out.nested(GET_SUPPORTED_DM, member, GetSupportedDmCodec::writeRequest);
            case GetInstancesRequest member -> out.nested(GET_INSTANCES, member, GetInstancesCodec::writeRequest);
            case SetRequest member -> out.nested(SET, member, SetCodec::writeRequest);
            case AddRequest member -> out.nested(ADD, member, AddCodec::writeRequest);
            case DeleteRequest member -> out.nested(DELETE, member, DeleteCodec::writeRequest);
            case OperateRequest member -> out.nested(OPERATE, member, OperateCodec::writeRequest);
            case NotifyRequest member -> out.nested(NOTIFY, member, NotifyCodec::writeRequest);
            case GetSupportedProtocolRequest member ->
                out.nested(GET_SUPPORTED_PROTOCOL, member, GetSupportedProtocolCodec::writeRequest);
            case RegisterRequest member -> out.nested(REGISTER, member, RegisterCodec::writeRequest);
            case DeregisterRequest member -> out.nested(DEREGISTER, member, DeregisterCodec::writeRequest);
        }
    }

    static MessageType typeOf(Request<?> body) {
        return switch (body) {
            case GetRequest ignored -> MessageType.GET;
            case GetSupportedDmRequest ignored -> MessageType.GET_SUPPORTED_DM;
            case GetInstancesRequest ignored -> MessageType.GET_INSTANCES;
            case SetRequest ignored -> MessageType.SET;
            case AddRequest ignored -> MessageType.ADD;
            case DeleteRequest ignored -> MessageType.DELETE;
            case OperateRequest ignored -> MessageType.OPERATE;
            case NotifyRequest ignored -> MessageType.NOTIFY;
            case GetSupportedProtocolRequest ignored -> MessageType.GET_SUPPORTED_PROTO;
            case RegisterRequest ignored -> MessageType.REGISTER;
            case DeregisterRequest ignored -> MessageType.DEREGISTER;
        };
    }
}
