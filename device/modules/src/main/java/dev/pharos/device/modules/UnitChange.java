// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// An operation on a deployment unit, and the `DUStateChange!` that its end is. Used by one thread.
final class UnitChange {
    static final String UNKNOWN_TIME = "0001-01-01T00:00:00Z";

    private final Kind kind;
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private long number;
    private String uuid;
    private String version = "";
    private String reference = "";
    private List<ExecutionUnit> units = List.of();

    /// What is done.
    enum Kind {
        INSTALL("Install"),
        UPDATE("Update"),
        UNINSTALL("Uninstall");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /// @param uuid as far as it is known
    UnitChange(Kind kind, String uuid) {
        this.kind = kind;
        this.uuid = uuid;
    }

    void numbered(long operation) {
        number = operation;
    }

    long number() {
        return number;
    }

    Kind kind() {
        return kind;
    }

    /// It is about this unit now.
    void about(DeploymentUnit unit) {
        uuid = unit.uuid();
        version = unit.manifest().version();
        reference = ModelPaths.unit(unit.number());
        units = unit.units();
    }

    /// It is about a unit that does not come to be.
    void about(String uuidNow, String versionNow) {
        uuid = uuidNow;
        version = versionNow;
    }

    /// It has done what it was to do.
    Map<String, String> done() {
        String state = kind == Kind.UNINSTALL ? "Uninstalled" : "Installed";
        return event(state, now(), 0, "");
    }

    /// It has failed.
    Map<String, String> failed(int code, String why) {
        return event(kind == Kind.INSTALL ? "Failed" : "Installed", UNKNOWN_TIME, code, why);
    }

    private Map<String, String> event(String state, String complete, int code, String why) {
        Map<String, String> event = new LinkedHashMap<>();
        event.put("UUID", uuid);
        event.put("DeploymentUnitRef", state.equals("Failed") ? "" : reference);
        event.put("Version", version);
        event.put("CurrentState", state);
        event.put("Resolved", Boolean.toString(!state.equals("Failed")));
        event.put(
                "ExecutionUnitRefList",
                state.equals("Failed")
                        ? ""
                        : units.stream()
                                .map(unit -> ModelPaths.execution(unit.number()))
                                .collect(Collectors.joining(",")));
        event.put("StartTime", start.toString());
        event.put("CompleteTime", complete);
        event.put("OperationPerformed", kind.text());
        event.put("Fault.FaultCode", Integer.toString(code));
        event.put("Fault.FaultString", why.length() > Limits.MESSAGE ? why.substring(0, Limits.MESSAGE) : why);
        return event;
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
