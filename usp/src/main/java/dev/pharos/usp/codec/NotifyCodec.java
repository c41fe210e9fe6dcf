// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.LEN;
import static dev.pharos.usp.codec.WireReader.VARINT;

import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.Notification.CommandFailure;
import dev.pharos.usp.message.Notification.Event;
import dev.pharos.usp.message.Notification.ObjectCreation;
import dev.pharos.usp.message.Notification.ObjectDeletion;
import dev.pharos.usp.message.Notification.OnBoardRequest;
import dev.pharos.usp.message.Notification.OperationComplete;
import dev.pharos.usp.message.Notification.OperationResult;
import dev.pharos.usp.message.Notification.OutputArgs;
import dev.pharos.usp.message.Notification.ValueChange;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.NotifyResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Notify and NotifyResp.
final class NotifyCodec {
    private static final int SUBSCRIPTION_ID = 1 << 3 | LEN;
    private static final int SEND_RESP = 2 << 3 | VARINT;
    private static final int EVENT = 3 << 3 | LEN;
    private static final int VALUE_CHANGE = 4 << 3 | LEN;
    private static final int OBJ_CREATION = 5 << 3 | LEN;
    private static final int OBJ_DELETION = 6 << 3 | LEN;
    private static final int OPER_COMPLETE = 7 << 3 | LEN;
    private static final int ON_BOARD_REQ = 8 << 3 | LEN;

    private static final int OBJ_PATH = 1 << 3 | LEN;
    private static final int EVENT_NAME = 2 << 3 | LEN;
    private static final int PARAMS = 3 << 3 | LEN;
    private static final int UNIQUE_KEYS = 2 << 3 | LEN;

    private static final int PARAM_PATH = 1 << 3 | LEN;
    private static final int PARAM_VALUE = 2 << 3 | LEN;

    private static final int COMMAND_NAME = 2 << 3 | LEN;
    private static final int COMMAND_KEY = 3 << 3 | LEN;
    private static final int REQ_OUTPUT_ARGS = 4 << 3 | LEN;
    private static final int CMD_FAILURE = 5 << 3 | LEN;

    private static final int OUI = 1 << 3 | LEN;
    private static final int PRODUCT_CLASS = 2 << 3 | LEN;
    private static final int SERIAL_NUMBER = 3 << 3 | LEN;
    private static final int AGENT_SUPPORTED_PROTOCOL_VERSIONS = 4 << 3 | LEN;

    private NotifyCodec() {}

    static NotifyRequest readRequest(WireReader in) throws MalformedInputException {
        String subscriptionId = "";
        boolean sendResponse = false;
        @Nullable Notification notification = null;
        while (in.next()) {
            switch (in.tag()) {
                case SUBSCRIPTION_ID -> subscriptionId = in.string();
                case SEND_RESP -> sendResponse = in.bool();
                case EVENT, VALUE_CHANGE, OBJ_CREATION, OBJ_DELETION, OPER_COMPLETE, ON_BOARD_REQ -> {
                    in.requireUnset(notification, "notification");
                    notification = readNotification(in);
                }
                default -> in.skip();
            }
        }
        return new NotifyRequest(subscriptionId, sendResponse, in.requireSet(notification, "notification"));
    }

    private static Notification readNotification(WireReader in) throws MalformedInputException {
        return switch (in.tag()) {
            case EVENT -> in.nested(NotifyCodec::readEvent);
            case VALUE_CHANGE -> in.nested(NotifyCodec::readValueChange);
            case OBJ_CREATION -> in.nested(NotifyCodec::readObjectCreation);
            case OBJ_DELETION -> in.nested(NotifyCodec::readObjectDeletion);
            case OPER_COMPLETE -> in.nested(NotifyCodec::readOperationComplete);
            default -> in.nested(NotifyCodec::readOnBoardRequest);
        };
    }

    private static Event readEvent(WireReader in) throws MalformedInputException {
        String path = "";
        String name = "";
        @Nullable Map<String, String> params = null;
        while (in.next()) {
            switch (in.tag()) {
                case OBJ_PATH -> path = in.string();
                case EVENT_NAME -> name = in.string();
                case PARAMS -> params = in.entry(params);
                default -> in.skip();
            }
        }
        return new Event(path, name, WireReader.frozen(params));
    }

    private static ValueChange readValueChange(WireReader in) throws MalformedInputException {
        String path = "";
        String value = "";
        while (in.next()) {
            switch (in.tag()) {
                case PARAM_PATH -> path = in.string();
                case PARAM_VALUE -> value = in.string();
                default -> in.skip();
            }
        }
        return new ValueChange(path, value);
    }

    private static ObjectCreation readObjectCreation(WireReader in) throws MalformedInputException {
        String path = "";
        @Nullable Map<String, String> keys = null;
        while (in.next()) {
            switch (in.tag()) {
                case OBJ_PATH -> path = in.string();
                case UNIQUE_KEYS -> keys = in.entry(keys);
                default -> in.skip();
            }
        }
        return new ObjectCreation(path, WireReader.frozen(keys));
    }

    private static ObjectDeletion readObjectDeletion(WireReader in) throws MalformedInputException {
        String path = "";
        while (in.next()) {
            switch (in.tag()) {
                case OBJ_PATH -> path = in.string();
                default -> in.skip();
            }
        }
        return new ObjectDeletion(path);
    }

    private static OperationComplete readOperationComplete(WireReader in) throws MalformedInputException {
        String path = "";
        String name = "";
        String key = "";
        @Nullable OperationResult result = null;
        while (in.next()) {
            switch (in.tag()) {
                case OBJ_PATH -> path = in.string();
                case COMMAND_NAME -> name = in.string();
                case COMMAND_KEY -> key = in.string();
                case REQ_OUTPUT_ARGS -> {
                    in.requireUnset(result, "operation_resp");
                    result = new OutputArgs(in.nested(OperateCodec::readOutputArgs));
                }
                case CMD_FAILURE -> {
                    in.requireUnset(result, "operation_resp");
                    result = new CommandFailure(in.nested(FaultFields::read));
                }
                default -> in.skip();
            }
        }
        return new OperationComplete(path, name, key, in.requireSet(result, "operation_resp"));
    }

    private static OnBoardRequest readOnBoardRequest(WireReader in) throws MalformedInputException {
        String oui = "";
        String productClass = "";
        String serialNumber = "";
        String versions = "";
        while (in.next()) {
            switch (in.tag()) {
                case OUI -> oui = in.string();
                case PRODUCT_CLASS -> productClass = in.string();
                case SERIAL_NUMBER -> serialNumber = in.string();
                case AGENT_SUPPORTED_PROTOCOL_VERSIONS -> versions = in.string();
                default -> in.skip();
            }
        }
        return new OnBoardRequest(oui, productClass, serialNumber, versions);
    }

    static void writeRequest(WireWriter out, NotifyRequest request) {
        out.string(SUBSCRIPTION_ID, request.subscriptionId());
        out.bool(SEND_RESP, request.sendResponse());
        switch (request.notification()) {
            case Event event -> out.nested(EVENT, event, NotifyCodec::writeEvent);
            case ValueChange change -> out.nested(VALUE_CHANGE, change, NotifyCodec::writeValueChange);
            case ObjectCreation creation -> out.nested(OBJ_CREATION, creation, NotifyCodec::writeObjectCreation);
            case ObjectDeletion deletion -> out.nested(OBJ_DELETION, deletion, NotifyCodec::writeObjectDeletion);
            case OperationComplete complete -> out.nested(OPER_COMPLETE, complete, NotifyCodec::writeOperationComplete);
            case OnBoardRequest onBoard -> out.nested(ON_BOARD_REQ, onBoard, NotifyCodec::writeOnBoardRequest);
        }
    }

    private static void writeEvent(WireWriter out, Event event) {
        out.string(OBJ_PATH, event.objPath());
        out.string(EVENT_NAME, event.eventName());
        out.map(PARAMS, event.params());
    }

    private static void writeValueChange(WireWriter out, ValueChange change) {
        out.string(PARAM_PATH, change.paramPath());
        out.string(PARAM_VALUE, change.paramValue());
    }

    private static void writeObjectCreation(WireWriter out, ObjectCreation creation) {
        out.string(OBJ_PATH, creation.objPath());
        out.map(UNIQUE_KEYS, creation.uniqueKeys());
    }

    private static void writeObjectDeletion(WireWriter out, ObjectDeletion deletion) {
        out.string(OBJ_PATH, deletion.objPath());
    }

    private static void writeOperationComplete(WireWriter out, OperationComplete complete) {
        out.string(OBJ_PATH, complete.objPath());
        out.string(COMMAND_NAME, complete.commandName());
        out.string(COMMAND_KEY, complete.commandKey());
        switch (complete.result()) {
            case OutputArgs args -> out.nested(REQ_OUTPUT_ARGS, args.outputArgs(), OperateCodec::writeOutputArgs);
            case CommandFailure failure -> out.nested(CMD_FAILURE, failure.fault(), FaultFields::write);
        }
    }

    private static void writeOnBoardRequest(WireWriter out, OnBoardRequest onBoard) {
        out.string(OUI, onBoard.oui());
        out.string(PRODUCT_CLASS, onBoard.productClass());
        out.string(SERIAL_NUMBER, onBoard.serialNumber());
        out.string(AGENT_SUPPORTED_PROTOCOL_VERSIONS, onBoard.agentSupportedProtocolVersions());
    }

    static NotifyResponse readResponse(WireReader in) throws MalformedInputException {
        String subscriptionId = "";
        while (in.next()) {
            switch (in.tag()) {
                case SUBSCRIPTION_ID -> subscriptionId = in.string();
                default -> in.skip();
            }
        }
        return new NotifyResponse(subscriptionId);
    }

    static void writeResponse(WireWriter out, NotifyResponse response) {
        out.string(SUBSCRIPTION_ID, response.subscriptionId());
    }
}
