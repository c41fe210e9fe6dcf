// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.DownloadResponse;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.ResultPages;
import dev.pharos.cwmp.rpc.TargetFile;
import java.time.Duration;
import java.util.Optional;

/// Tells the device to fetch firmware.
final class FetchTask implements Task {
    private static final String FIRMWARE = "1 Firmware Upgrade Image";

    private final Errand.FetchFirmware errand;
    private final Progress progress;
    private boolean asked;

    FetchTask(Errand.FetchFirmware errand, Progress progress) {
        this.errand = errand;
        this.progress = progress;
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        if (asked) {
            return Optional.empty();
        }
        asked = true;
        return progress.begun()
                ? Optional.of(new Download(
                        errand.commandKey(),
                        FIRMWARE,
                        new FileLocation(errand.url(), "", ""),
                        new TargetFile(errand.size(), ""),
                        Duration.ZERO,
                        new ResultPages("", "")))
                : Optional.empty();
    }

    @Override
    public void answered(Answer answer) {
        progress.ended(
                switch (answer) {
                    case CwmpFault fault -> new ErrandEnd.Refused(fault);
                    case DownloadResponse response ->
                        new ErrandEnd.Done(response.status().isDone());
                    default -> throw new IllegalArgumentException("no answer to a Download: " + answer);
                });
    }

    @Override
    public void interrupted() {
        progress.interrupted();
    }
}
