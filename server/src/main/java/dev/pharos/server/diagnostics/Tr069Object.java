// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.diagnostics;

import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.server.diagnostics.Diagnostics.Question;
import dev.pharos.server.store.DiagnosticStore.End;
import dev.pharos.server.store.DiagnosticStore.State;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The object of TR-069 by which a device measures, as its twin has it: by the name that all share, whatever the device
/// calls it.
record Tr069Object(EndpointId device, DiagnosticKind kind, TwinStore twins) {
    static final String STATE = "DiagnosticsState";
    static final String REQUESTED = "Requested";
    static final String CANCELED = "Canceled";

    private static final String COMPLETE = "Complete";

    /// Before TR-181 had settled on the word.
    private static final String COMPLETED = "Completed";

    /// With these states results are those of this run; with others they may be of one before.
    private static final Set<String> WITH_RESULTS = Set.of(COMPLETE, "Error_MaxHopCountExceeded");

    private static final Set<String> FORGOTTEN = Set.of("", "None", CANCELED);

    private String path() {
        return kind.object();
    }

    private List<TwinValue> values() {
        return twins.list(device, path(), Limits.TR069_VALUES);
    }

    private Optional<String> known(String name) {
        return twins.find(device, path() + name).map(TwinValue::value);
    }

    /// What is to be written for a question, by name: what is asked, what is usual as far as the device has it, and
    /// what somebody else has left there.
    ///
    /// @throws CannotMeasureException where the device does not have the object, or something that is asked for
    Map<String, String> written(Question question, String target) throws CannotMeasureException {
        if (known(STATE).isEmpty()) {
            throw new CannotMeasureException(device + " is managed over TR-069, and shows no " + path() + STATE
                    + " there, by which it could be asked.");
        }
        Map<String, String> written = new LinkedHashMap<>();
        DiagnosticKind.neutral().forEach((name, value) -> {
            if (known(name).filter(now -> !isSame(now, value)).isPresent()) {
                written.put(name, value);
            }
        });
        for (Map.Entry<String, String> each :
                kind.inputs(target, question.arguments()).entrySet()) {
            String name = each.getKey();
            if (known(name).isPresent()) {
                written.put(name, each.getValue());
            } else if (name.equals(kind.target()) || question.arguments().containsKey(name)) {
                throw new CannotMeasureException(
                        device + " is managed over TR-069, and its " + path() + " has no " + name + ".");
            }
        }
        boolean whole = !written.containsKey("TimeBasedTestDuration") && !written.containsKey("TestFileLength");
        if (whole && question.target().isEmpty()) {
            throw new CannotMeasureException(device + " measures transfers of whole files alone, of which none is here:"
                    + " name the URL of one" + (kind == DiagnosticKind.UPLOAD ? ", or say a TestFileLength." : "."));
        }
        return written;
    }

    private static boolean isSame(String now, String neutral) {
        return now.equals(neutral) || (neutral.equals("false") && now.equals("0"));
    }

    /// Has the device begin. What was found before and could be taken for what is found now is forgotten.
    Errand.SetValues order(Map<String, String> written) {
        Set<String> tables = new TreeSet<>();
        for (TwinValue value : values()) {
            int dot = value.path().indexOf('.', path().length());
            if (dot > 0) {
                tables.add(value.path().substring(0, dot + 1));
            }
        }
        tables.forEach(table -> twins.removeUnder(device, table));
        Map<String, String> values = new LinkedHashMap<>();
        written.forEach((name, value) -> values.put(path() + name, value));
        values.put(path() + STATE, REQUESTED);
        return new Errand.SetValues(values);
    }

    /// Whether an errand has the device begin with this, or end it.
    ///
    /// @param state which of both
    boolean isOrder(Errand errand, String state) {
        return errand instanceof Errand.SetValues(Map<String, String> values)
                && state.equals(values.get(path() + STATE));
    }

    Errand.SetValues cancelling() {
        return new Errand.SetValues(Map.of(path() + STATE, CANCELED));
    }

    Errand.ReadValues look() {
        return new Errand.ReadValues(List.of(path()));
    }

    /// How a run stands that the device has begun, by what was last read.
    ///
    /// @return empty as long as it measures
    Optional<End> end(Instant now) {
        String state = known(STATE).orElse("");
        if (state.equals(REQUESTED)) {
            return Optional.empty();
        }
        if (FORGOTTEN.contains(state)) {
            return Optional.of(new End(
                    State.FAILED,
                    now,
                    Map.of(),
                    "the device does not know of it any more: it has restarted, or somebody else wrote to it"));
        }
        String status = state.equals(COMPLETED) ? COMPLETE : state;
        Map<String, String> outputs = new LinkedHashMap<>(Map.of("Status", status));
        if (WITH_RESULTS.contains(status)) {
            outputs.putAll(results());
        }
        return Optional.of(new End(State.COMPLETE, now, outputs, ""));
    }

    private Map<String, String> results() {
        Map<String, String> results = new LinkedHashMap<>();
        for (TwinValue value : values()) {
            String name = value.path().substring(path().length());
            if (!name.equals(STATE) && !name.endsWith("NumberOfEntries") && !kind.isInput(name)) {
                results.put(name, value.value());
            }
        }
        return results;
    }
}
