// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.files;

import dev.pharos.controller.acs.AcsOffice;
import dev.pharos.controller.acs.Asked;
import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.acs.ErrandEnd;
import dev.pharos.controller.acs.FaultMeaning;
import dev.pharos.controller.acs.StoredErrand;
import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.cwmp.DownloadType;
import dev.pharos.cwmp.UploadType;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.server.files.DeviceFiles.NotNowException;
import dev.pharos.server.files.DeviceFiles.Wish;
import dev.pharos.server.link.LinkSeal.Link;
import dev.pharos.server.store.DeviceFileStore.StoredFile;
import dev.pharos.server.store.FileAction;
import dev.pharos.server.store.FileKind;
import dev.pharos.server.store.FileRequestStore.FileRequest;
import dev.pharos.server.store.FileRequestStore.State;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.UspError;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// Tells devices by Upload and Download, in a session now where they can be called, else in their next; that may be
/// after this server has ended. Thread-safe.
final class FilesOverTr069 implements FileWay, AcsOffice.Watcher {
    /// What a device of TR-069 tells of a transfer stands at the root, where none of USP tells anything.
    private static final String ROOT = "Device.";

    private final AcsOffice office;
    private final FileNames names;
    private final FileEnds ends;

    FilesOverTr069(AcsOffice office, FileNames names, FileEnds ends) {
        this.office = office;
        this.names = names;
        this.ends = ends;
    }

    @Override
    public Duration life() {
        return Limits.TR069_LINK;
    }

    @Override
    public void ask(FileOrder order) throws NotNowException {
        EndpointId device = order.device();
        Wish wish = order.wish();
        String name = wish.number() == 1 ? "" : names.told(device, wish);
        if (order.link().url().length() > Limits.TR069_URL) {
            ends.end(device, order.key(), "the link is longer than the " + Limits.TR069_URL + " characters of TR-069");
            return;
        }
        if (wish.action() == FileAction.RESTORE && wish.number() > 1 && name.isEmpty()) {
            ends.end(device, order.key(), "over TR-069 a configuration is told by its name, and this has told none");
            return;
        }
        try {
            switch (office.askNow(device, errand(order, name), Limits.ANSWER)) {
                // what came of it has been kept by then
                case Asked.Ended _ -> {}
                case Asked.Waits(String because) ->
                    ends.delayed(order.key(), because + " It is asked in its next session.");
                case Asked.NoRoom _ -> throw new NotNowException("too much waits for its next session already");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// By which a device is told to take a configuration back.
    ///
    /// @param name as the device calls it; empty for the first
    static Errand.FetchFile taking(FileOrder order, StoredFile file, String name) {
        return new Errand.FetchFile(
                DownloadType.CONFIGURATION.text(),
                order.link().url(),
                order.key(),
                file.size(),
                name,
                order.link().expires(),
                Optional.empty());
    }

    /// By its type, and by the name that it has here.
    private static Errand byType(FileOrder order) {
        Wish wish = order.wish();
        Link link = order.link();
        return wish.file()
                .<Errand>map(file -> new Errand.FetchFile(
                        wish.type(),
                        link.url(),
                        order.key(),
                        file.size(),
                        file.name(),
                        link.expires(),
                        Optional.empty()))
                .orElseGet(() -> new Errand.SendFile(wish.type(), link.url(), order.key(), link.expires()));
    }

    private static Errand errand(FileOrder order, String name) {
        Wish wish = order.wish();
        if (wish.action().isByType()) {
            return byType(order);
        }
        return wish.file()
                .<Errand>map(file -> taking(order, file, name))
                .orElseGet(() -> new Errand.SendFile(
                        new UploadType(
                                        wish.action().kind() == FileKind.CONFIG
                                                ? UploadType.Content.CONFIGURATION
                                                : UploadType.Content.LOG,
                                        OptionalLong.of(wish.number()))
                                .text(),
                        order.link().url(),
                        order.key(),
                        order.link().expires()));
    }

    /// When the device is expected, where a request waits to be told it.
    Optional<Instant> awaitedSession(FileRequest request) {
        return request.state() == State.RUNNING
                        && office.isManaged(request.device())
                        && office.awaitsAny(
                                request.device(), errand -> key(errand).equals(request.key()))
                ? office.expected(request.device())
                : Optional.empty();
    }

    /// Of the request that an errand is for; empty for other errands.
    private static String key(Errand errand) {
        return switch (errand) {
            case Errand.SendFile send -> send.commandKey();
            case Errand.FetchFile fetch -> fetch.commandKey();
            default -> "";
        };
    }

    @Override
    public void ended(StoredErrand stored, ErrandEnd end) {
        String key = key(stored.errand());
        if (!FileEnds.isOurs(key)) {
            return;
        }
        switch (end) {
            case ErrandEnd.Done(boolean already) -> {
                if (already) {
                    ends.end(stored.device(), key, "");
                } else {
                    ends.delayed(key, "");
                }
            }
            case ErrandEnd.Refused(CwmpFault fault) ->
                ends.end(stored.device(), key, SecretParameters.BY_NAME.masked(FaultMeaning.sentence(fault)));
            case ErrandEnd.Declined(UspError error) ->
                ends.end(stored.device(), key, SecretParameters.BY_NAME.masked(FaultMeaning.sentence(error)));
            case ErrandEnd.Uncertain _ ->
                ends.delayed(key, "The session ended over it: nobody knows whether the device has begun.");
            default -> ends.delayed(key, "The device was not asked in time.");
        }
    }

    /// A TransferComplete ends what it was asked for.
    void heard(EndpointId device, DeviceEvent event) {
        String key = event.args().getOrDefault("CommandKey", "");
        if (event.kind() == EventKind.EVENT
                && event.name().equals("TransferComplete!")
                && event.path().equals(ROOT)
                && FileEnds.isOurs(key)) {
            String fault = FaultMeaning.ofTransfer(event.args()).orElse("");
            ends.end(device, key, SecretParameters.BY_NAME.masked(fault));
        }
    }
}
