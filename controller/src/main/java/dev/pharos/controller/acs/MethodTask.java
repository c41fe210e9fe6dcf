// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.GetAllQueuedTransfers;
import dev.pharos.cwmp.rpc.GetQueuedTransfers;
import dev.pharos.cwmp.rpc.Response;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Calls one method of the device, or the older one that says less of the same where it does not know that.
final class MethodTask implements Task {
    private final Deque<AcsRequest<?>> words;
    private final Progress progress;
    private boolean begun;
    private boolean over;

    MethodTask(Errand.CallMethod errand, Progress progress) {
        this.words = new ArrayDeque<>(
                errand.request() instanceof GetAllQueuedTransfers all
                        ? List.of(all, new GetQueuedTransfers())
                        : List.of(errand.request()));
        this.progress = progress;
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        if (over || (!begun && !progress.begun())) {
            over = true;
            return Optional.empty();
        }
        begun = true;
        return Optional.of(words.remove());
    }

    @Override
    public void answered(Answer answer) {
        switch (answer) {
            case CwmpFault fault
            when fault.fault().faultCode() == StandardFaultCode.METHOD_NOT_SUPPORTED && !words.isEmpty() -> {}
            case CwmpFault fault -> end(new ErrandEnd.Refused(fault));
            case Response response -> end(new ErrandEnd.Answered(response));
        }
    }

    private void end(ErrandEnd end) {
        over = true;
        progress.ended(end);
    }

    @Override
    public void interrupted() {
        progress.interrupted();
    }
}
