// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.UploadType;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.DownloadResponse;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.ResultPages;
import dev.pharos.cwmp.rpc.TargetFile;
import dev.pharos.cwmp.rpc.Upload;
import dev.pharos.cwmp.rpc.UploadResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Tells the device to fetch a file, or to send one.
final class TransferTask implements Task {
    /// The same in other words, for a device that does not know the first.
    private final Deque<AcsRequest<?>> words;

    private final Progress progress;
    private boolean begun;
    private boolean over;

    private TransferTask(List<AcsRequest<?>> words, Progress progress) {
        this.words = new ArrayDeque<>(words);
        this.progress = progress;
    }

    static TransferTask of(Errand.FetchFile errand, Progress progress) {
        return new TransferTask(
                List.of(new Download(
                        errand.commandKey(),
                        errand.type().text(),
                        new FileLocation(errand.url(), "", ""),
                        new TargetFile(errand.size(), errand.name()),
                        Duration.ZERO,
                        new ResultPages("", ""))),
                progress);
    }

    /// Older devices know no numbers of files, and newer ones may know nothing else.
    static TransferTask of(Errand.SendFile errand, Progress progress) {
        UploadType type = errand.type();
        UploadType otherwise =
                new UploadType(type.content(), type.row().isPresent() ? OptionalLong.empty() : OptionalLong.of(1));
        boolean same = type.row().isEmpty() || type.row().getAsLong() == 1;
        List<AcsRequest<?>> words = Stream.of(type, otherwise)
                .limit(same ? 2 : 1)
                .<AcsRequest<?>>map(each -> new Upload(
                        errand.commandKey(), each.text(), new FileLocation(errand.url(), "", ""), Duration.ZERO))
                .toList();
        return new TransferTask(words, progress);
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
        if (answer instanceof CwmpFault fault && isOtherwise(fault)) {
            return;
        }
        over = true;
        progress.ended(
                switch (answer) {
                    case CwmpFault fault -> new ErrandEnd.Refused(fault);
                    case DownloadResponse response ->
                        new ErrandEnd.Done(response.status().isDone());
                    case UploadResponse response ->
                        new ErrandEnd.Done(response.status().isDone());
                    default -> throw new IllegalArgumentException("no answer to this: " + answer);
                });
    }

    private boolean isOtherwise(CwmpFault fault) {
        return fault.fault().faultCode() == StandardFaultCode.INVALID_ARGUMENTS && !words.isEmpty();
    }

    @Override
    public void interrupted() {
        progress.interrupted();
    }
}
