// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.device.firmware.ActivationWindow;
import dev.pharos.device.firmware.ImageFetch;
import dev.pharos.device.firmware.ImageName;
import dev.pharos.device.firmware.ImageOrder;
import dev.pharos.device.firmware.Patience;
import dev.pharos.device.firmware.ServerTrust;
import dev.pharos.device.simulated.FirmwareBank.Image;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/// Download() and Activate() of a firmware image. It is really fetched and its check sum compared, but nothing of it is
/// kept but what it does to the gateway ([ImageTraits]); its version is what the file's name says.
final class FirmwareCommands {
    private final FirmwareBank bank;
    private final Source source;
    private final Runnable publish;
    private final IntConsumer restartInto;
    private final Set<Integer> busy = ConcurrentHashMap.newKeySet();

    /// @param publish makes the data model say what the bank holds
    /// @param restartInto has the gateway reboot soon, with the image of this number
    FirmwareCommands(FirmwareBank bank, Source source, Runnable publish, IntConsumer restartInto) {
        this.bank = bank;
        this.source = source;
        this.publish = publish;
        this.restartInto = restartInto;
    }

    /// How images are fetched.
    ///
    /// @param trust who vouches for servers
    record Source(ServerTrust trust, Patience patience) {
        static final Source USUAL = new Source(ServerTrust.OF_THE_RUNTIME, Patience.USUAL);
    }

    Map<String, String> download(CommandCall call) throws InterruptedException {
        int slot = slot(call);
        ImageOrder order = ImageOrder.of(call);
        if (bank.isActive(slot)) {
            throw failure("the running image is not overwritten");
        }
        if (!busy.add(slot)) {
            throw failure("a download into this image is under way");
        }
        Image before = bank.image(slot);
        boolean finished = false;
        try {
            transfer(order, slot);
            finished = true;
        } catch (InterruptedException cancelled) {
            show(slot, before);
            finished = true;
            throw cancelled;
        } finally {
            busy.remove(slot);
            if (!finished) {
                publish.run();
            }
        }
        if (order.autoActivate()) {
            restartInto.accept(slot);
        }
        return Map.of();
    }

    Map<String, String> activate(CommandCall call) throws InterruptedException {
        int slot = slot(call);
        boolean allowed =
                call.object().value("Available").filter("true"::equals).isPresent();
        if (!bank.isActive(slot) && (!bank.image(slot).status().equals(FirmwareBank.AVAILABLE) || !allowed)) {
            throw failure("the image is " + (allowed ? bank.image(slot).status() : "marked as not available"));
        }
        Thread.sleep(ActivationWindow.waitBefore(call));
        if (!bank.isActive(slot)) {
            restartInto.accept(slot);
        }
        return Map.of();
    }

    private void transfer(ImageOrder order, int slot) throws InterruptedException {
        ImageName image = ImageName.of(order.fileName());
        show(slot, new Image(image.name(), "", "Downloading"));
        ImageHead head = new ImageHead();
        ImageFetch.Fetched fetched;
        try {
            fetched = new ImageFetch(order, head, source.trust(), source.patience()).fetch();
        } catch (UspException refused) {
            bank.put(slot, new Image(image.name(), "", "DownloadFailed"));
            throw refused;
        }
        show(slot, new Image(image.name(), "", "Validating"));
        Thread.sleep(Limits.VALIDATION);
        try {
            fetched.mustBe(order);
        } catch (UspException another) {
            bank.put(slot, new Image(image.name(), "", "ValidationFailed"));
            throw another;
        }
        show(slot, new Image(image.name(), image.version(), FirmwareBank.AVAILABLE, head.traits()));
    }

    private void show(int slot, Image image) {
        bank.put(slot, image);
        publish.run();
    }

    private static int slot(CommandCall call) {
        return (int) call.object().instanceNumber().orElseThrow();
    }

    private static UspException failure(String why) {
        return new UspException(StandardErrorCode.COMMAND_FAILURE, why);
    }
}
