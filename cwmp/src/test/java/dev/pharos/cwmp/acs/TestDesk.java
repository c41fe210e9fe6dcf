// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.acs;

import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CpeRequest;
import dev.pharos.cwmp.rpc.TransferCompleteResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// A desk with a list of requests, which notes down what happens.
final class TestDesk implements DeviceDesk {
    final Deque<AcsRequest<?>> requests = new ArrayDeque<>();
    final List<Answer> answers = new ArrayList<>();
    final List<CpeRequest<?>> reports = new ArrayList<>();
    final List<String> ends = new ArrayList<>();
    boolean holds;
    Answer toReports = new TransferCompleteResponse();

    @Override
    public boolean holdsReports() {
        return holds;
    }

    @Override
    public Answer report(CpeRequest<?> report) {
        reports.add(report);
        return toReports;
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        return Optional.ofNullable(requests.poll());
    }

    @Override
    public void answered(AcsRequest<?> request, Answer answer) {
        answers.add(answer);
    }

    @Override
    public void ended(boolean inOrder, String reason) {
        ends.add(inOrder + ": " + reason);
    }
}
