// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import static dev.pharos.usp.codec.WireReader.LEN;
import static dev.pharos.usp.codec.WireReader.VARINT;

import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.OperateResponse.CommandFailure;
import dev.pharos.usp.message.OperateResponse.OperationOutcome;
import dev.pharos.usp.message.OperateResponse.OperationResult;
import dev.pharos.usp.message.OperateResponse.OutputArgs;
import dev.pharos.usp.message.OperateResponse.RequestObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Operate and OperateResp.
final class OperateCodec {
    private static final int COMMAND = 1 << 3 | LEN;
    private static final int COMMAND_KEY = 2 << 3 | LEN;
    private static final int SEND_RESP = 3 << 3 | VARINT;
    private static final int INPUT_ARGS = 4 << 3 | LEN;

    private static final int OPERATION_RESULTS = 1 << 3 | LEN;

    private static final int EXECUTED_COMMAND = 1 << 3 | LEN;
    private static final int REQ_OBJ_PATH = 2 << 3 | LEN;
    private static final int REQ_OUTPUT_ARGS = 3 << 3 | LEN;
    private static final int CMD_FAILURE = 4 << 3 | LEN;

    private static final int OUTPUT_ARGS = 1 << 3 | LEN;

    private static final OutputArgs NO_OUTPUT = new OutputArgs(Map.of());

    private OperateCodec() {}

    static OperateRequest readRequest(WireReader in) throws MalformedInputException {
        String command = "";
        String commandKey = "";
        boolean sendResponse = false;
        @Nullable Map<String, String> args = null;
        while (in.next()) {
            switch (in.tag()) {
                case COMMAND -> command = in.string();
                case COMMAND_KEY -> commandKey = in.string();
                case SEND_RESP -> sendResponse = in.bool();
                case INPUT_ARGS -> args = in.entry(args);
                default -> in.skip();
            }
        }
        return new OperateRequest(command, commandKey, sendResponse, WireReader.frozen(args));
    }

    static void writeRequest(WireWriter out, OperateRequest request) {
        out.string(COMMAND, request.command());
        out.string(COMMAND_KEY, request.commandKey());
        out.bool(SEND_RESP, request.sendResponse());
        out.map(INPUT_ARGS, request.inputArgs());
    }

    static OperateResponse readResponse(WireReader in) throws MalformedInputException {
        List<OperationResult> results = List.of();
        while (in.next()) {
            switch (in.tag()) {
                case OPERATION_RESULTS -> results = in.append(results, in.nested(OperateCodec::readResult));
                default -> in.skip();
            }
        }
        return new OperateResponse(results);
    }

    private static OperationResult readResult(WireReader in) throws MalformedInputException {
        String command = "";
        @Nullable OperationOutcome outcome = null;
        while (in.next()) {
            switch (in.tag()) {
                case EXECUTED_COMMAND -> command = in.string();
                case REQ_OBJ_PATH -> {
                    in.requireUnset(outcome, "operation_resp");
                    outcome = new RequestObject(in.string());
                }
                case REQ_OUTPUT_ARGS -> {
                    in.requireUnset(outcome, "operation_resp");
                    outcome = new OutputArgs(in.nested(OperateCodec::readOutputArgs));
                }
                case CMD_FAILURE -> {
                    in.requireUnset(outcome, "operation_resp");
                    outcome = new CommandFailure(in.nested(FaultFields::read));
                }
                default -> in.skip();
            }
        }
        // The specification's own example of a command without output sets no member, against R-ENC.3.
        return new OperationResult(command, outcome == null ? NO_OUTPUT : outcome);
    }

    /// `{output_args = 1}`, also in a Notify.
    static Map<String, String> readOutputArgs(WireReader in) throws MalformedInputException {
        @Nullable Map<String, String> args = null;
        while (in.next()) {
            switch (in.tag()) {
                case OUTPUT_ARGS -> args = in.entry(args);
                default -> in.skip();
            }
        }
        return WireReader.frozen(args);
    }

    static void writeOutputArgs(WireWriter out, Map<String, String> args) {
        out.map(OUTPUT_ARGS, args);
    }

    static void writeResponse(WireWriter out, OperateResponse response) {
        out.each(OPERATION_RESULTS, response.operationResults(), OperateCodec::writeResult);
    }

    private static void writeResult(WireWriter out, OperationResult result) {
        out.string(EXECUTED_COMMAND, result.executedCommand());
        switch (result.outcome()) {
            case RequestObject request -> out.member(REQ_OBJ_PATH, request.reqObjPath());
            case OutputArgs args -> out.nested(REQ_OUTPUT_ARGS, args.outputArgs(), OperateCodec::writeOutputArgs);
            case CommandFailure failure -> out.nested(CMD_FAILURE, failure.fault(), FaultFields::write);
        }
    }
}
