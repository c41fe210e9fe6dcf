// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.LEN;
import static dev.pharos.usp.codec.WireReader.VARINT;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspMessage;
import org.jspecify.annotations.Nullable;

/// Turns Messages into bytes and back (R-ENC.0). Thread-safe, without state.
public final class MessageCodec {
    private static final int HEADER = 1 << 3 | LEN;
    private static final int BODY = 2 << 3 | LEN;

    private static final int MSG_ID = 1 << 3 | LEN;
    private static final int MSG_TYPE = 2 << 3 | VARINT;

    private static final int REQUEST = 1 << 3 | LEN;
    private static final int RESPONSE = 2 << 3 | LEN;
    private static final int ERROR = 3 << 3 | LEN;

    private static final int MESSAGE_TYPES = MessageType.values().length;

    private MessageCodec() {}

    public static Bytes encode(UspMessage message) {
        return WireWriter.encode(message, MessageCodec::write);
    }

    /// Reads a Message. Fields that USP 1.4 does not have are ignored; `msg_type` is not compared with the
    /// body, which decides (R-MSG.10).
    ///
    /// @throws MalformedInputException 7004 (a Request without `msg_id`, unset oneof, unknown enum), 7001 (a
    ///     kind of message that USP 1.4 does not have) or 7000 (not a Message, or one beyond
    ///     [dev.pharos.usp.Limits])
    public static UspMessage decode(Bytes bytes) throws MalformedInputException {
        WireReader in = WireReader.ofMessage(bytes);
        @Nullable MessageId id = null;
        @Nullable Body body = null;
        while (in.next()) {
            switch (in.tag()) {
                case HEADER -> {
                    in.requireUnset(id, "header");
                    id = in.nested(MessageCodec::readHeader);
                }
                case BODY -> {
                    in.requireUnset(body, "body");
                    body = in.nested(MessageCodec::readBody);
                }
                default -> in.skip();
            }
        }
        return message(in, in.requireSet(id, "header"), in.requireSet(body, "body"));
    }

    /// An Error alone may come without `msg_id`: peers send it so where they could not read ours, and it
    /// still says what went wrong.
    private static UspMessage message(WireReader in, MessageId id, Body body) throws MalformedInputException {
        if (id.value().isEmpty() && body instanceof Request) {
            throw in.invalid("msg_id is missing");
        }
        return new UspMessage(id, body);
    }

    private static MessageId readHeader(WireReader in) throws MalformedInputException {
        String id = "";
        while (in.next()) {
            switch (in.tag()) {
                case MSG_ID -> id = in.string();
                case MSG_TYPE -> requireKnownType((int) in.varint());
                default -> in.skip();
            }
        }
        return new MessageId(id);
    }

    private static void requireKnownType(int number) throws MalformedInputException {
        if (number < 0 || number >= MESSAGE_TYPES) {
            throw notSupported("msg_type " + number + " is not of USP 1.4");
        }
    }

    private static Body readBody(WireReader in) throws MalformedInputException {
        @Nullable Body body = null;
        while (in.next()) {
            switch (in.tag()) {
                case REQUEST -> {
                    in.requireUnset(body, "msg_body");
                    body = in.nested(RequestCodec::read);
                }
                case RESPONSE -> {
                    in.requireUnset(body, "msg_body");
                    body = in.nested(ResponseCodec::read);
                }
                case ERROR -> {
                    in.requireUnset(body, "msg_body");
                    body = in.nested(ErrorCodec::read);
                }
                default -> in.skip();
            }
        }
        return in.requireSet(body, "msg_body");
    }

    static MalformedInputException notSupported(String what) {
        return new MalformedInputException(StandardErrorCode.MESSAGE_NOT_SUPPORTED, what);
    }

    private static void write(WireWriter out, UspMessage message) {
        out.nested(HEADER, message, MessageCodec::writeHeader);
        out.nested(BODY, message.body(), MessageCodec::writeBody);
    }

    private static void writeHeader(WireWriter out, UspMessage message) {
        out.string(MSG_ID, message.id().value());
        out.constant(MSG_TYPE, typeOf(message.body()));
    }

    private static MessageType typeOf(Body body) {
        return switch (body) {
            case Request<?> request -> RequestCodec.typeOf(request);
            case Response response -> ResponseCodec.typeOf(response);
            case UspError ignored -> MessageType.ERROR;
        };
    }

    private static void writeBody(WireWriter out, Body body) {
        switch (body) {
            case Request<?> request -> out.nested(REQUEST, request, RequestCodec::write);
            case Response response -> out.nested(RESPONSE, response, ResponseCodec::write);
            case UspError error -> out.nested(ERROR, error, ErrorCodec::write);
        }
    }

    /// What can still be said of bytes that [#decode] refused, so that an Error may name the request
    /// (R-MTP.5).
    ///
    /// @param messageId empty where it cannot be read
    /// @param isRequest whether the body is a Request: only those are answered
    public record Envelope(String messageId, boolean isRequest) {}

    /// Reads as far as the bytes go.
    public static Envelope envelope(Bytes bytes) {
        String id = "";
        boolean request = false;
        try {
            WireReader in = WireReader.ofMessage(bytes);
            while (in.next()) {
                switch (in.tag()) {
                    case HEADER -> id = in.nested(MessageCodec::peekId);
                    case BODY -> {
                        request = in.peekNestedTag() == REQUEST;
                        in.skip();
                    }
                    default -> in.skip();
                }
            }
        } catch (MalformedInputException rest) {
            return new Envelope(id, request);
        }
        return new Envelope(id, request);
    }

    private static String peekId(WireReader in) throws MalformedInputException {
        String id = "";
        while (in.next()) {
            switch (in.tag()) {
                case MSG_ID -> id = in.string();
                default -> in.skip();
            }
        }
        return id;
    }
}
