// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.firmware;

import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.job.DeviceChore;
import dev.pharos.controller.job.DeviceChore.End;
import dev.pharos.controller.job.Gate;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.peer.RequestFailedException;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.DownloadType;
import dev.pharos.server.firmware.UpgradeNews.Ended;
import dev.pharos.server.link.LinkSeal.Link;
import dev.pharos.server.store.FirmwareStore.StoredImage;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One device of TR-069 on its way to an image: a Download, its TransferComplete, and the version that the device tells
/// in its Informs. The history says what was begun, so that another server goes on with it and begins nothing twice.
final class Tr069Upgrade {
    private static final String VERSION = "Device.DeviceInfo.SoftwareVersion";
    private static final String TIME_ZONE = "Device.Time.LocalTimeZone";
    private static final String OLD_VERSION = "InternetGatewayDevice.DeviceInfo.SoftwareVersion";

    private final UpgradeChore.Parts parts;
    private final EndpointId device;
    private final StoredImage image;
    private final Gate gate;
    private final String key;
    private final UpgradeNews news;
    private String before = "";

    Tr069Upgrade(UpgradeChore.Parts parts, DeviceChore.Task task, StoredImage image, String jobKey) {
        this.parts = parts;
        this.device = task.device();
        this.gate = task.gate();
        this.image = image;
        // the end of it is what differs
        this.key = jobKey.substring(Math.max(0, jobKey.length() - Limits.COMMAND_KEY));
        this.news = new UpgradeNews(parts.stores().events(), device, event -> UpgradeNews.overTr069(event, key), key);
    }

    /// @throws CallException where the device does not come to be told
    End run() throws CallException, InterruptedException {
        news.read();
        if (!news.begun()) {
            before = look();
            if (before.equals(image.version())) {
                return new End.Done("it runs " + before + " already", Optional.empty());
            }
            Optional<End> not = begin();
            if (not.isPresent()) {
                return not.get();
            }
        }
        return follow();
    }

    /// The version that runs, asked in a session now.
    private String look() throws CallException {
        String path = parts.stores().twins().find(device, OLD_VERSION).isPresent() ? OLD_VERSION : VERSION;
        Response answer = parts.line().call(device, new GetRequest(List.of(path), 0), Limits.ANSWER);
        return answer instanceof GetResponse got
                ? got.requestedPathResults().stream()
                        .flatMap(result -> result.resolvedPathResults().stream())
                        .flatMap(object -> object.resultParams().values().stream())
                        .findFirst()
                        .orElse("")
                : "";
    }

    /// The version that runs, by the device's last Inform.
    private String running() {
        return parts.stores()
                .devices()
                .find(device)
                .map(known -> known.identity().softwareVersion())
                .orElse("");
    }

    /// @return why it cannot be; empty where the device works on it, or may
    private Optional<End> begin() throws CallException, InterruptedException {
        Optional<Link> link = parts.links().to(image, Limits.LINK);
        if (link.isEmpty()) {
            return Optional.of(new End.Later(Duration.ofSeconds(5), "the server starts"));
        }
        if (link.get().url().length() > Limits.LONGEST_URL) {
            return Optional.of(UpgradeChore.failed("the link is longer than the " + Limits.LONGEST_URL
                    + " characters of TR-069: the image needs a shorter file name"));
        }
        note(true, "is told to fetch " + called());
        if (!isKept()) {
            return Optional.of(new End.Later(Duration.ofSeconds(30), "the history cannot be written"));
        }
        try {
            Errand.FetchFile order = new Errand.FetchFile(
                    DownloadType.FIRMWARE.text(),
                    link.get().url(),
                    key,
                    image.size(),
                    "",
                    link.get().expires(),
                    within().map(end -> end.truncatedTo(ChronoUnit.SECONDS)));
            parts.line().fetch(device, order, Limits.ANSWER);
            return Optional.empty();
        } catch (RequestFailedException refused) {
            return Optional.of(UpgradeChore.failed("the device refused: " + refused.reason()));
        } catch (CallTimedOutException unknown) {
            if (Thread.currentThread().isInterrupted()) {
                throw unknown;
            }
            // whether it has begun is found out
            return Optional.empty();
        } catch (CallException away) {
            note(false, "could not be told to fetch " + called());
            throw away;
        }
    }

    /// Until when it may be disturbed, where it may not be at any time.
    private Optional<Instant> within() {
        String timeZone = parts.stores()
                .twins()
                .find(device, TIME_ZONE)
                .map(TwinValue::value)
                .orElse("");
        return gate.closing(timeZone, parts.clock().instant());
    }

    /// Waits until the history says that the device is told, for nobody else knows when this server has died.
    private boolean isKept() throws InterruptedException {
        for (int i = 0; i < Limits.KEEPING && !news.begun(); i++) {
            Thread.sleep(Limits.KEEPING_STEP);
            news.read();
        }
        return news.begun();
    }

    private End follow() throws InterruptedException {
        Instant since = parts.clock().instant();
        Optional<End> end = Optional.empty();
        while (end.isEmpty()) {
            Thread.sleep(Limits.POLL);
            news.read();
            end = progress(since, parts.clock().instant());
        }
        return end.get();
    }

    private Optional<End> progress(Instant since, Instant now) {
        String running = running();
        if (running.equals(image.version())) {
            UpgradeChore.tell(parts, device, Wanted.of(image), Map.of(), "runs " + image.version());
            return Optional.of(new End.Done(
                    image.version() + " runs" + (before.isEmpty() ? "" : ", in place of " + before), Optional.empty()));
        }
        if (news.ended().isEmpty()) {
            return now.isAfter(since.plus(Limits.DOWNLOAD))
                    ? Optional.of(UpgradeChore.failed(
                            "what became of the download is not known: the device has told nothing of it for "
                                    + Limits.DOWNLOAD.toHours() + " hours"))
                    : Optional.empty();
        }
        Ended ended = news.ended().get();
        if (!ended.fault().isEmpty()) {
            return Optional.of(UpgradeChore.failed(ended.fault()));
        }
        boolean settled = news.booted()
                .filter(boot -> now.isAfter(boot.plus(Limits.SETTLING)))
                .isPresent();
        Instant from = ended.time().isBefore(since) ? since : ended.time();
        if (settled) {
            return Optional.of(
                    UpgradeChore.failed("it has restarted and runs " + running + ", not " + image.version()));
        }
        return now.isAfter(from.plus(Limits.RESTART))
                ? Optional.of(UpgradeChore.failed(
                        "it still runs " + running + " " + Limits.RESTART.toMinutes() + " minutes after its download"))
                : Optional.empty();
    }

    private void note(boolean told, String what) {
        UpgradeChore.tell(
                parts,
                device,
                Wanted.of(image),
                Map.of(UpgradeNews.KEY, key, UpgradeNews.TOLD, Boolean.toString(told)),
                what);
    }

    private String called() {
        return image.name() + " " + image.version();
    }
}
