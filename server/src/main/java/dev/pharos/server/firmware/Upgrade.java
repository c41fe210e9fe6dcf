// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.firmware;

import dev.pharos.controller.job.DeviceChore.End;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.server.firmware.UpgradeNews.Ended;
import dev.pharos.server.link.LinkSeal.Link;
import dev.pharos.server.store.FirmwareStore.StoredImage;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One device on its way to an image. It keeps nothing itself: what has been begun is found out from the device and the
/// history by the command key, so that another server can go on with it at any moment, and nothing is begun twice.
final class Upgrade {
    private final UpgradeChore.Parts parts;
    private final EndpointId device;
    private final Wanted wanted;
    private final String key;
    private final UpgradeNews news;
    private boolean toldOfRestart;

    Upgrade(UpgradeChore.Parts parts, EndpointId device, Wanted wanted, String key) {
        this.parts = parts;
        this.device = device;
        this.wanted = wanted;
        this.key = key;
        this.news = new UpgradeNews(parts.stores().events(), device, event -> UpgradeNews.overUsp(event, key), key);
    }

    /// @throws CallException where the device does not answer before anything has begun
    End run() throws CallException, InterruptedException {
        ImageShelf before = look();
        if (before.runs(wanted.version())) {
            return new End.Done("it runs " + wanted.version() + " already", Optional.empty());
        }
        news.read();
        if (!before.isBusyWith(key) && news.ended().isEmpty()) {
            Optional<End> refused = begin(before);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        return follow(before.running());
    }

    /// @return why it cannot be; empty where the device works on it, or may
    private Optional<End> begin(ImageShelf shelf) throws CallException {
        Optional<String> ready = shelf.holding(wanted.version());
        Optional<String> place = ready.or(shelf::place);
        if (place.isEmpty()) {
            return Optional.of(UpgradeChore.failed(
                    shelf.isEmpty() ? "the device has no firmware images" : "another download is under way in it"));
        }
        Map<String, String> arguments = Map.of();
        if (ready.isEmpty()) {
            if (wanted.image().isEmpty()) {
                return Optional.of(
                        UpgradeChore.failed("neither its other place nor the repository has " + wanted.version()));
            }
            StoredImage image = wanted.image().get();
            Optional<Link> link = parts.links().to(image, Limits.LINK);
            if (link.isEmpty()) {
                return Optional.of(new End.Later(Duration.ofSeconds(5), "the server starts"));
            }
            arguments = Map.of(
                    "URL",
                    link.get().url(),
                    "AutoActivate",
                    "true",
                    "FileSize",
                    Long.toString(image.size()),
                    "CheckSumAlgorithm",
                    "SHA-256",
                    "CheckSum",
                    image.sha256().toHex());
        }
        String command = place.get() + (ready.isEmpty() ? "Download()" : "Activate()");
        tell(
                ready.isEmpty()
                        ? "is told to fetch " + wanted.called()
                        : "is told to run " + wanted.called() + ", which it has");
        try {
            return refusal(parts.line().call(device, new OperateRequest(command, key, true, arguments), Limits.ANSWER));
        } catch (CallTimedOutException | DeviceUnreachableException unknown) {
            if (Thread.currentThread().isInterrupted()) {
                throw unknown;
            }
            // whether it has begun is found out
            return Optional.empty();
        }
    }

    private static Optional<End> refusal(Response response) {
        if (!(response instanceof OperateResponse answer)
                || answer.operationResults().isEmpty()) {
            return Optional.of(UpgradeChore.failed("the device answered nothing that it was asked"));
        }
        return answer.operationResults().getFirst().outcome() instanceof OperateResponse.CommandFailure failure
                ? Optional.of(UpgradeChore.failed("the device refused: " + failure.fault()))
                : Optional.empty();
    }

    private End follow(String before) throws CallException, InterruptedException {
        Instant since = parts.clock().instant();
        Instant busy = since;
        while (true) {
            Thread.sleep(Limits.POLL);
            Instant now = parts.clock().instant();
            Optional<ImageShelf> shelf = lookAgain();
            if (shelf.isPresent() && shelf.get().runs(wanted.version())) {
                tell("runs " + wanted.version());
                return new End.Done(wanted.version() + " runs, in place of " + before, Optional.empty());
            }
            news.read();
            Optional<Ended> ended = news.ended();
            Optional<End> end;
            if (ended.isPresent()) {
                end = afterTheCommand(ended.get(), shelf, since, now);
            } else {
                busy = shelf.isEmpty() || shelf.get().isBusyWith(key) ? now : busy;
                end = now.isAfter(busy.plus(Limits.UNTOLD))
                        ? Optional.of(UpgradeChore.failed("what became of the download is not known: the device no"
                                + " longer works on it, and has told nothing"))
                        : now.isAfter(since.plus(Limits.DOWNLOAD))
                                ? Optional.of(UpgradeChore.failed(
                                        "the download is not over after " + Limits.DOWNLOAD.toHours() + " hours"))
                                : Optional.empty();
            }
            if (end.isPresent()) {
                return end.get();
            }
        }
    }

    private Optional<End> afterTheCommand(Ended ended, Optional<ImageShelf> shelf, Instant since, Instant now) {
        if (!ended.fault().isEmpty()) {
            return Optional.of(UpgradeChore.failed(ended.fault()));
        }
        if (!toldOfRestart) {
            toldOfRestart = true;
            tell("has " + wanted.called() + ", and restarts");
        }
        Optional<String> log = shelf.flatMap(there -> there.activationFailure(ended.image()));
        if (log.isPresent()) {
            return Optional.of(UpgradeChore.failed("the device could not run it: " + log.get()));
        }
        boolean settled = news.booted()
                .filter(boot -> now.isAfter(boot.plus(Limits.SETTLING)))
                .isPresent();
        if (settled && shelf.isPresent()) {
            return Optional.of(UpgradeChore.failed(
                    "it has restarted and runs " + shelf.get().running() + ", not " + wanted.version()));
        }
        Instant from = ended.time().isBefore(since) ? since : ended.time();
        return now.isAfter(from.plus(Limits.RESTART))
                ? Optional.of(UpgradeChore.failed(
                        shelf.map(there -> "it still runs " + there.running()).orElse("it has not come back") + " "
                                + Limits.RESTART.toMinutes() + " minutes after its download"))
                : Optional.empty();
    }

    /// Empty while it is away, as it has to be when it restarts.
    private Optional<ImageShelf> lookAgain() throws CallException {
        try {
            return Optional.of(look());
        } catch (CallException away) {
            if (Thread.currentThread().isInterrupted()) {
                throw away;
            }
            return Optional.empty();
        }
    }

    private ImageShelf look() throws CallException {
        Response answer = parts.line().call(device, new GetRequest(ImageShelf.PATHS, 0), Limits.ANSWER);
        return ImageShelf.of(answer instanceof GetResponse got ? got : new GetResponse(java.util.List.of()));
    }

    private void tell(String what) {
        UpgradeChore.tell(parts, device, wanted, Map.of(), what);
    }
}
