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
import dev.pharos.cwmp.rpc.GetRpcMethods;
import dev.pharos.cwmp.rpc.GetRpcMethodsResponse;
import dev.pharos.cwmp.rpc.ResultPages;
import dev.pharos.cwmp.rpc.ScheduleDownload;
import dev.pharos.cwmp.rpc.ScheduleDownloadResponse;
import dev.pharos.cwmp.rpc.TargetFile;
import dev.pharos.cwmp.rpc.TimeWindow;
import dev.pharos.cwmp.rpc.Upload;
import dev.pharos.cwmp.rpc.UploadResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Tells the device to fetch a file, or to send one.
final class TransferTask implements Task {
    /// The mode of a window (cwmp-1-2, WindowMode), and how often it is tried in it.
    private static final String ANY_TIME = "1 At Any Time";

    private static final int DEVICE_DECIDES = -1;

    /// The same in other words, for a device that does not know the first.
    private final Deque<AcsRequest<?>> words;

    private final Progress progress;
    /// For a device that knows it, in place of the first of the words.
    private final Optional<ScheduleDownload> scheduled;

    private boolean asksMethods;
    private boolean begun;
    private boolean over;

    private TransferTask(List<AcsRequest<?>> words, Optional<ScheduleDownload> scheduled, Progress progress) {
        this.words = new ArrayDeque<>(words);
        this.scheduled = scheduled;
        this.asksMethods = scheduled.isPresent();
        this.progress = progress;
    }

    /// @param now where it is to be done within a time, the beginning of that
    static TransferTask of(Errand.FetchFile errand, Instant now, Progress progress) {
        FileLocation location = new FileLocation(errand.url(), "", "");
        TargetFile target = new TargetFile(errand.size(), errand.name());
        Download download = new Download(
                errand.commandKey(), errand.type(), location, target, Duration.ZERO, new ResultPages("", ""));
        Optional<ScheduleDownload> scheduled = errand.within()
                .map(end -> Duration.ofSeconds(Duration.between(now, end).toSeconds()))
                .filter(Duration::isPositive)
                .map(end -> new ScheduleDownload(
                        errand.commandKey(),
                        errand.type(),
                        location,
                        target,
                        List.of(new TimeWindow(Duration.ZERO, end, ANY_TIME, "", DEVICE_DECIDES))));
        return new TransferTask(List.of(download), scheduled, progress);
    }

    /// Older devices know no numbers of files, and newer ones may know nothing else.
    static TransferTask of(Errand.SendFile errand, Progress progress) {
        List<AcsRequest<?>> words = Stream.concat(
                        Stream.of(errand.type()),
                        UploadType.of(errand.type()).flatMap(TransferTask::otherwise).stream())
                .<AcsRequest<?>>map(type ->
                        new Upload(errand.commandKey(), type, new FileLocation(errand.url(), "", ""), Duration.ZERO))
                .toList();
        return new TransferTask(words, Optional.empty(), progress);
    }

    /// The first of several is the one without a number.
    private static Optional<String> otherwise(UploadType type) {
        if (type.row().isEmpty()) {
            return Optional.of(new UploadType(type.content(), OptionalLong.of(1)).text());
        }
        return type.row().getAsLong() == 1
                ? Optional.of(new UploadType(type.content(), OptionalLong.empty()).text())
                : Optional.empty();
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        if (asksMethods) {
            return Optional.of(new GetRpcMethods());
        }
        if (over || (!begun && !progress.begun())) {
            over = true;
            return Optional.empty();
        }
        begun = true;
        return Optional.of(words.remove());
    }

    @Override
    public void answered(Answer answer) {
        if (asksMethods) {
            asksMethods = false;
            scheduled
                    .filter(way -> answer instanceof GetRpcMethodsResponse(List<String> methods)
                            && methods.contains(way.method()))
                    .ifPresent(words::addFirst);
            return;
        }
        if (answer instanceof CwmpFault fault && isOtherwise(fault)) {
            return;
        }
        over = true;
        progress.ended(
                switch (answer) {
                    case CwmpFault fault -> new ErrandEnd.Refused(fault);
                    case DownloadResponse response ->
                        new ErrandEnd.Done(response.status().isDone());
                    case ScheduleDownloadResponse _ -> new ErrandEnd.Done(false);
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
