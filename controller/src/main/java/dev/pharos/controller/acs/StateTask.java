// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import dev.pharos.datamodel.definition.PrimitiveType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Starts and stops execution units by their RequestedState, and looks for a moment what becomes of them: over USP the
/// same command answers when the unit runs, or does not.
final class StateTask implements Task {
    private final Errand.RequestStates errand;
    private final Approach approach;
    private final String parameterKey;
    private final Progress progress;
    private boolean written;
    private boolean ended;
    private int looks;

    /// @param parameterKey what the device calls its configuration afterwards, up to 32 characters
    StateTask(Errand.RequestStates errand, Approach approach, String parameterKey, Progress progress) {
        this.errand = errand;
        this.approach = approach;
        this.parameterKey = parameterKey;
        this.progress = progress;
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        if (ended) {
            return Optional.empty();
        }
        if (!written) {
            return Optional.of(new SetParameterValues(
                    errand.changes().stream()
                            .map(each ->
                                    new ParameterValue(own(each, "RequestedState"), PrimitiveType.STRING, each.state()))
                            .toList(),
                    parameterKey));
        }
        try {
            Thread.sleep(Limits.STATE_LOOK);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        looks++;
        return Optional.of(new GetParameterValues(
                errand.changes().stream().map(each -> own(each, "")).toList()));
    }

    private String own(StateChange change, String parameter) {
        return approach.ownName(change.unit() + parameter);
    }

    @Override
    public void answered(Answer answer) {
        switch (answer) {
            case SetParameterValuesResponse _ -> written = true;
            case GetParameterValuesResponse values -> looked(values.parameterList());
            // what it takes and then does not show it has taken all the same
            case CwmpFault fault -> end(written ? new ErrandEnd.Done(true) : new ErrandEnd.Refused(fault));
            default -> throw new IllegalArgumentException("no answer to a request for a state: " + answer);
        }
    }

    private void looked(List<ParameterValue> values) {
        List<String> faults = new ArrayList<>();
        boolean all = true;
        for (StateChange each : errand.changes()) {
            String fault = value(values, each, "ExecutionFaultCode");
            boolean there = value(values, each, "Status").equals(each.state());
            if (each.state().equals("Active") && !there && !fault.isEmpty() && !fault.equals("NoFault")) {
                faults.add(fault + ": " + value(values, each, "ExecutionFaultMessage"));
            } else {
                all &= there;
            }
        }
        boolean over = looks >= Limits.STATE_LOOKS || Thread.currentThread().isInterrupted();
        if (!all && !over) {
            return;
        }
        progress.learnt(values, TwinValue.Source.GET);
        if (faults.isEmpty()) {
            end(all ? new ErrandEnd.Done(true) : new ErrandEnd.UnderWay("The unit is not yet in that state."));
        } else {
            end(new ErrandEnd.Refused(CwmpFault.of(StandardFaultCode.REQUEST_DENIED, String.join("; ", faults))));
        }
    }

    private String value(List<ParameterValue> values, StateChange change, String parameter) {
        String name = own(change, parameter);
        return values.stream()
                .filter(each -> each.name().equals(name))
                .map(ParameterValue::value)
                .findFirst()
                .orElse("");
    }

    private void end(ErrandEnd how) {
        ended = true;
        progress.ended(how);
    }

    @Override
    public void interrupted() {
        progress.interrupted();
    }
}
