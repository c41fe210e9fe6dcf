// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.rpc.AutonomousDuResult;
import dev.pharos.cwmp.rpc.AutonomousDuStateChangeComplete;
import dev.pharos.cwmp.rpc.DuIdentity;
import dev.pharos.cwmp.rpc.DuResult;
import dev.pharos.cwmp.rpc.DuState;
import dev.pharos.cwmp.rpc.DuStateChangeComplete;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.TransferOutcome;
import dev.pharos.cwmp.soap.WritingQuirks.DuLists;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The methods that tell how operations on software have ended. Results are repeated elements by the schema, and an
/// array with some stacks; both are read.
final class DeploymentReportCodec {
    private static final String RESULTS = "Results";
    private static final String STRUCT = "OpResultStruct";
    private static final String AUTONOMOUS_STRUCT = "AutonOpResultStruct";

    private DeploymentReportCodec() {}

    static DuStateChangeComplete complete(SoapCursor in) throws MalformedSoapException {
        List<AutonomousDuResult> results = new ArrayList<>();
        String commandKey = "";
        while (in.nextChild()) {
            switch (in.name()) {
                case RESULTS -> results(in, results);
                case "CommandKey" -> commandKey = Values.key(in);
                default -> in.skip();
            }
        }
        return new DuStateChangeComplete(
                results.stream().map(AutonomousDuResult::result).toList(), commandKey);
    }

    static AutonomousDuStateChangeComplete autonomous(SoapCursor in) throws MalformedSoapException {
        List<AutonomousDuResult> results = new ArrayList<>();
        while (in.nextChild()) {
            if (in.name().equals(RESULTS)) {
                results(in, results);
            } else {
                in.skip();
            }
        }
        return new AutonomousDuStateChangeComplete(results);
    }

    private static void results(SoapCursor in, List<AutonomousDuResult> results) throws MalformedSoapException {
        Fields direct = null;
        while (in.nextChild()) {
            if (in.name().endsWith(STRUCT)) {
                Fields nested = new Fields();
                while (in.nextChild()) {
                    nested.take(in);
                }
                results.add(nested.result());
            } else {
                direct = direct == null ? new Fields() : direct;
                direct.take(in);
            }
        }
        if (direct != null) {
            results.add(direct.result());
        }
    }

    /// What is known of one result while it is read.
    private static final class Fields {
        private String uuid = "";
        private String deploymentUnitRef = "";
        private String version = "";
        private DuState currentState = DuState.FAILED;
        private boolean resolved;
        private String executionUnitRefList = "";
        private CwmpTime startTime = CwmpTime.UNKNOWN;
        private CwmpTime completeTime = CwmpTime.UNKNOWN;
        private FaultStruct fault = FaultStruct.NONE;
        private String operationPerformed = "";

        void take(SoapCursor in) throws MalformedSoapException {
            switch (in.name()) {
                case "UUID" -> uuid = Values.token(in);
                case "DeploymentUnitRef" -> deploymentUnitRef = Values.token(in);
                case "Version" -> version = in.text();
                case "CurrentState" -> currentState = state(in);
                case "Resolved" -> resolved = Values.flag(in);
                case "ExecutionUnitRefList" -> executionUnitRefList = in.text();
                case "StartTime" -> startTime = Values.time(in);
                case "CompleteTime" -> completeTime = Values.time(in);
                case "Fault", "FaultStruct" -> fault = FaultCodec.struct(in);
                case "OperationPerformed" -> operationPerformed = Values.token(in);
                default -> in.skip();
            }
        }

        AutonomousDuResult result() {
            return new AutonomousDuResult(
                    operationPerformed,
                    new DuResult(
                            new DuIdentity(uuid, deploymentUnitRef, version),
                            currentState,
                            resolved,
                            executionUnitRefList,
                            new TransferOutcome(fault, startTime, completeTime)));
        }
    }

    private static DuState state(SoapCursor in) throws MalformedSoapException {
        String word = Values.token(in);
        for (DuState state : DuState.values()) {
            if (state.word().toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT))) {
                return state;
            }
        }
        throw in.wrong("CurrentState is not Installed, Uninstalled or Failed: '" + SoapCursor.shown(word) + "'");
    }

    static void write(SoapText out, DuStateChangeComplete complete) {
        results(out, STRUCT, complete.results(), DeploymentReportCodec::result);
        out.text("CommandKey", complete.commandKey());
    }

    static void write(SoapText out, AutonomousDuStateChangeComplete complete) {
        results(out, AUTONOMOUS_STRUCT, complete.results(), (o, each) -> {
            result(o, each.result());
            o.text("OperationPerformed", each.operationPerformed());
        });
    }

    private static <T> void results(SoapText out, String struct, List<T> results, SoapText.Item<T> content) {
        if (out.quirks().duLists() == DuLists.ARRAY) {
            out.structs(RESULTS, struct, results, content);
            return;
        }
        for (T each : results) {
            out.open(RESULTS);
            content.write(out, each);
            out.close(RESULTS);
        }
    }

    private static void result(SoapText out, DuResult result) {
        out.text("UUID", result.unit().uuid());
        out.text("DeploymentUnitRef", result.unit().deploymentUnitRef());
        out.text("Version", result.unit().version());
        out.text("CurrentState", result.currentState().word());
        out.flag("Resolved", result.resolved());
        out.text("ExecutionUnitRefList", result.executionUnitRefList());
        out.time("StartTime", result.outcome().startTime());
        out.time("CompleteTime", result.outcome().completeTime());
        FaultCodec.struct(out, "Fault", result.outcome().fault());
    }
}
