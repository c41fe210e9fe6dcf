// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.rpc.ChangeDuState;
import dev.pharos.cwmp.rpc.DuOperation;
import dev.pharos.cwmp.rpc.DuResult;
import dev.pharos.cwmp.rpc.DuStateChangeComplete;
import dev.pharos.cwmp.rpc.EventStruct;
import java.util.ArrayList;
import java.util.List;

/// What the ACS has ordered of software modules, as it is kept until the ACS has to be told how all of it ended.
/// Operations are done one after the other.
///
/// @param results of those that have ended
/// @param begun whether the next one was begun
record ModuleOrder(ChangeDuState asked, List<DuResult> results, boolean begun) {
    ModuleOrder {
        results = List.copyOf(results);
    }

    static ModuleOrder of(ChangeDuState asked) {
        return new ModuleOrder(asked, List.of(), false);
    }

    boolean isDone() {
        return results.size() >= asked.operations().size();
    }

    /// @throws IndexOutOfBoundsException where all have ended
    DuOperation next() {
        return asked.operations().get(results.size());
    }

    /// The next one is begun.
    ModuleOrder beginning() {
        return new ModuleOrder(asked, results, true);
    }

    /// The next one has ended so.
    ModuleOrder ended(DuResult result) {
        List<DuResult> all = new ArrayList<>(results);
        all.add(result);
        return new ModuleOrder(asked, all, false);
    }

    /// The next one means all these, each of which has a result of its own.
    ModuleOrder meaning(List<DuOperation> each) {
        List<DuOperation> all = new ArrayList<>(asked.operations());
        all.remove(results.size());
        all.addAll(results.size(), each);
        return new ModuleOrder(new ChangeDuState(all, asked.commandKey()), results, false);
    }

    Report report() {
        return new Report(
                new DuStateChangeComplete(results, asked.commandKey()),
                List.of(
                        new EventStruct(StandardEvent.DU_STATE_CHANGE_COMPLETE, ""),
                        new EventStruct(MethodEvent.CHANGE_DU_STATE, asked.commandKey())));
    }

    /// Without what may be secret.
    @Override
    public String toString() {
        return "order " + asked.commandKey();
    }
}
