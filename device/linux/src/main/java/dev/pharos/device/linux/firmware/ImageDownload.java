// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.firmware;

import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.device.firmware.ImageFetch;
import dev.pharos.device.firmware.ImageName;
import dev.pharos.device.firmware.ImageOrder;
import dev.pharos.device.firmware.PartFile;
import dev.pharos.device.linux.firmware.Slot.Status;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Download(): fetches an image, checks it, and has the installer put it into a slot. The image that runs is never
/// touched, whatever fails.
final class ImageDownload {
    private final FirmwareBank bank;
    private final FirmwareInstaller installer;
    private final ImageSource source;
    private final Runnable publish;
    private final Set<Integer> busy = ConcurrentHashMap.newKeySet();

    /// @param publish makes the data model say what the bank holds
    ImageDownload(FirmwareBank bank, FirmwareInstaller installer, ImageSource source, Runnable publish) {
        this.bank = bank;
        this.installer = installer;
        this.source = source;
        this.publish = publish;
    }

    /// @return whether the image is to run now
    /// @throws UspException why there is no image
    boolean into(int slot, CommandCall call, boolean keepSettings) throws IOException, InterruptedException {
        ImageOrder order = ImageOrder.of(call);
        if (slot == bank.active()) {
            throw failure("the running image is not overwritten");
        }
        if (!busy.add(slot)) {
            throw failure("a download into this image is under way");
        }
        try {
            download(slot, order, keepSettings);
        } finally {
            busy.remove(slot);
        }
        return order.autoActivate();
    }

    private void download(int slot, ImageOrder order, boolean keepSettings) throws IOException, InterruptedException {
        Slot before = bank.slot(slot);
        ImageName name = ImageName.of(order.fileName());
        show(slot, new Slot(name.name(), "", Status.DOWNLOADING, false, ""));
        Status failing = Status.DOWNLOAD_FAILED;
        boolean done = false;
        Path image = installer.images().orElse(source.folder()).resolve("image-" + slot + ".part");
        try (PartFile part = PartFile.open(image, order)) {
            try {
                ImageFetch.Fetched fetched = fetch(order, part);
                failing = Status.VALIDATION_FAILED;
                show(slot, bank.slot(slot).with(Status.VALIDATING));
                fetched.mustBe(order);
                part.force();
                installer.check(image);
                failing = Status.INSTALLATION_FAILED;
                String version = installer.install(image, slot, keepSettings).orElse(name.version());
                part.delete();
                show(slot, new Slot(name.name(), version, Status.AVAILABLE, true, ""));
                done = true;
            } catch (UspException refused) {
                part.delete();
                throw refused;
            } catch (InterruptedException cancelled) {
                // what is half installed is no image any more; what was only fetched is there for the next time
                show(
                        slot,
                        failing == Status.INSTALLATION_FAILED ? bank.slot(slot).with(failing) : before);
                done = true;
                throw cancelled;
            }
        } finally {
            if (!done) {
                show(slot, bank.slot(slot).with(failing));
            }
        }
    }

    /// What an earlier process left may have been torn when the power failed: then it is fetched anew, once.
    private ImageFetch.Fetched fetch(ImageOrder order, PartFile part) throws IOException, InterruptedException {
        boolean begun = part.size() > 0;
        ImageFetch.Fetched fetched =
                part.fetching(order, source.trust(), source.patience()).fetch();
        if (!begun
                || order.checkSum()
                        .filter(sum -> !sum.value().equals(fetched.digest()))
                        .isEmpty()) {
            return fetched;
        }
        part.restart();
        return part.fetching(order, source.trust(), source.patience()).fetch();
    }

    private void show(int slot, Slot image) throws IOException {
        bank.put(slot, image);
        publish.run();
    }

    private static UspException failure(String why) {
        return new UspException(StandardErrorCode.COMMAND_FAILURE, why);
    }
}
