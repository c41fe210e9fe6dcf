// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.files;

import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.acs.RequestedFiles;
import dev.pharos.controller.job.AudienceReader;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStore;
import dev.pharos.cwmp.DownloadType;
import dev.pharos.cwmp.rpc.Argument;
import dev.pharos.cwmp.rpc.RequestDownload;
import dev.pharos.server.files.DeviceFiles.NotNowException;
import dev.pharos.server.firmware.FirmwareLinks;
import dev.pharos.server.firmware.FirmwareRepository;
import dev.pharos.server.firmware.ImageAudience;
import dev.pharos.server.link.LinkSeal.Link;
import dev.pharos.server.store.DeviceFileStore.StoredFile;
import dev.pharos.server.store.FileKind;
import dev.pharos.server.store.FirmwareStore.StoredImage;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// What devices get that ask for a file by themselves: firmware that the repository has for them by a query, and the
/// last configuration of theirs that is kept. Thread-safe.
///
/// @param files configurations of devices
public record FilesOnRequest(
        FirmwareRepository repository,
        FirmwareLinks links,
        AudienceReader audiences,
        DeviceStore devices,
        DeviceFiles files)
        implements RequestedFiles {
    private static final String KEY = "wish-";
    private static final int KEY_CHARACTERS = 32;
    private static final Duration LINK = Duration.ofHours(2);

    @Override
    public Offer offer(EndpointId device, RequestDownload request, boolean proven) {
        Optional<DownloadType> type = DownloadType.of(request.fileType());
        if (type.filter(DownloadType.FIRMWARE::equals).isPresent()) {
            return firmware(device, version(request));
        }
        if (type.filter(DownloadType.CONFIGURATION::equals).isPresent()) {
            return proven
                    ? configuration(device)
                    : new Offer.Nothing("a configuration holds secrets, and the device has not proved who it is");
        }
        return new Offer.Nothing("there are only firmware (" + DownloadType.FIRMWARE.text()
                + ") and configurations of devices (" + DownloadType.CONFIGURATION.text() + ") here");
    }

    /// The one that it wants; empty where it does not say.
    private static String version(RequestDownload request) {
        return request.fileTypeArg().stream()
                .filter(each -> each.name().equalsIgnoreCase("Version"))
                .map(Argument::value)
                .findFirst()
                .orElse("");
    }

    private Offer firmware(EndpointId device, String version) {
        String running = devices.find(device)
                .map(DeviceRecord::identity)
                .map(identity -> identity.softwareVersion())
                .orElse("");
        ImageAudience audience = new ImageAudience(audiences, devices);
        // an image for all is for whoever chooses the devices, who is nobody here
        Optional<StoredImage> image = repository.all().stream()
                .filter(each -> !each.devices().isEmpty())
                .filter(each -> version.isEmpty() || each.version().equals(version))
                .filter(each -> !each.version().equals(running))
                .filter(each -> audience.includes(each, device))
                .findFirst();
        if (image.isEmpty()) {
            return new Offer.Nothing("the repository has no other firmware"
                    + (version.isEmpty() ? "" : " " + version)
                    + " that is meant for this device by a query of its own");
        }
        Optional<Link> link = links.to(image.get(), LINK);
        if (link.isEmpty()) {
            return new Offer.Nothing("the server does not know yet where devices reach it");
        }
        if (link.get().url().length() > Limits.TR069_URL) {
            return new Offer.Nothing("the link is longer than the " + Limits.TR069_URL + " characters of TR-069");
        }
        return new Offer.File(
                new Errand.FetchFile(
                        DownloadType.FIRMWARE.text(),
                        link.get().url(),
                        (KEY + UUID.randomUUID().toString().replace("-", "")).substring(0, KEY_CHARACTERS),
                        image.get().size(),
                        "",
                        link.get().expires(),
                        Optional.empty()),
                "firmware " + image.get().name() + " " + image.get().version());
    }

    private Offer configuration(EndpointId device) {
        Optional<StoredFile> newest = files.store().of(device).stream()
                .filter(each -> each.kind() == FileKind.CONFIG)
                .findFirst();
        if (newest.isEmpty()) {
            return new Offer.Nothing("no configuration of the device is kept");
        }
        try {
            return new Offer.File(
                    files.order(device, newest.get()),
                    "the configuration " + newest.get().id() + " of "
                            + newest.get().received());
        } catch (NotNowException not) {
            return new Offer.Nothing(String.valueOf(not.getMessage()));
        }
    }
}
