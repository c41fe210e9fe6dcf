// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.model.CwmpNames;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.DeleteObject;
import dev.pharos.cwmp.rpc.DeleteObjectResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Removes rows, one after the other.
final class DeleteTask implements Task {
    private final Deque<String> rows;
    private final Approach approach;
    private final String parameterKey;
    private final Progress progress;
    private boolean begun;
    private boolean inEffect = true;

    DeleteTask(Errand.DeleteRows errand, Approach approach, String parameterKey, Progress progress) {
        this.approach = approach;
        this.rows = new ArrayDeque<>(errand.rows());
        this.parameterKey = parameterKey;
        this.progress = progress;
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        if (!begun && !progress.begun()) {
            rows.clear();
            return Optional.empty();
        }
        begun = true;
        return Optional.of(new DeleteObject(approach.ownName(rows.getFirst()), parameterKey));
    }

    @Override
    public void answered(Answer answer) {
        switch (answer) {
            case DeleteObjectResponse response -> {
                String row = rows.removeFirst();
                progress.gone(CwmpNames.inModel(approach.ownName(row)));
                progress.gone(row);
                inEffect &= response.status().isDone();
                if (rows.isEmpty()) {
                    progress.ended(new ErrandEnd.Done(inEffect));
                }
            }
            case CwmpFault fault -> {
                rows.clear();
                progress.ended(new ErrandEnd.Refused(fault));
            }
            default -> {
                rows.clear();
                progress.interrupted();
            }
        }
    }

    @Override
    public void interrupted() {
        progress.interrupted();
    }
}
