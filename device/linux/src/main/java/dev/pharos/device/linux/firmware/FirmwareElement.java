// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.firmware;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.device.firmware.ActivationWindow;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Backs `Device.DeviceInfo.FirmwareImage.` and what refers to it, on a host that has an installer.
public final class FirmwareElement implements ServiceElement {
    private static final Logger LOG = LoggerFactory.getLogger(FirmwareElement.class);
    private static final String INFO = FirmwareModel.INFO;
    private static final String IMAGES = FirmwareModel.IMAGES;
    private static final String BOOT = INFO + "BootFirmwareImage";
    private static final Pattern REFERENCE = Pattern.compile(Pattern.quote(IMAGES) + "([12])[.]?");

    private final FirmwareBank bank;
    private final FirmwareInstaller installer;
    private final ImageDownload downloads;
    private final SupportedDataModel supported;
    private final String bootId;
    private volatile @Nullable DeviceContext mounted;
    private volatile boolean open = true;

    private FirmwareElement(FirmwareBank bank, FirmwareInstaller installer, ImageSource source, String bootId) {
        this.bank = bank;
        this.installer = installer;
        this.downloads = new ImageDownload(bank, installer, source, this::publish);
        this.supported = FirmwareModel.of(installer.asked());
        this.bootId = bootId;
    }

    /// Finds out what became of the last restart.
    ///
    /// @param running the version that the host runs
    /// @param bootId another each time that the host starts; empty where that is not known
    /// @throws IOException where what was kept cannot be read or written
    public static FirmwareElement open(FirmwareInstaller installer, ImageSource source, String running, String bootId)
            throws IOException {
        FirmwareBank bank = FirmwareBank.open(source.folder(), running, bootId, installer.standing());
        return new FirmwareElement(bank, installer, source, bootId);
    }

    @Override
    public SupportedDataModel supported() {
        return supported;
    }

    @Override
    public void start(DeviceContext context) {
        context.update(transaction -> {
            for (int slot = 1; slot <= FirmwareBank.SLOTS; slot++) {
                if (transaction.snapshot().object(row(slot)).isEmpty()) {
                    transaction.add(IMAGES, slot);
                }
            }
            write(transaction);
            return transaction;
        });
        mounted = context;
    }

    @Override
    public void validate(ChangeSet proposed) {
        for (Change change : proposed.changes()) {
            if (change instanceof Change.ValueChanged changed && changed.path().equals(BOOT)) {
                int slot = slot(changed.after());
                if (slot != bank.active() && !bank.bootsEither()) {
                    throw new UspException(
                            StandardErrorCode.INVALID_VALUE,
                            BOOT + ": the host boots from its one place alone; Activate() writes this image there");
                }
                if (slot != bank.boot() && !bank.slot(slot).canRun()) {
                    throw new UspException(
                            StandardErrorCode.INVALID_VALUE,
                            BOOT + ": the host cannot boot from it, for it is "
                                    + bank.slot(slot).status().text());
                }
            }
        }
    }

    @Override
    public void apply(ChangeSet changes) {
        for (Change change : changes.changes()) {
            if (change instanceof Change.ValueChanged changed) {
                apply(changed.path(), changed.after());
            }
        }
    }

    @Override
    public void undo(ChangeSet changes) {
        for (Change change : changes.changes()) {
            if (change instanceof Change.ValueChanged changed) {
                apply(changed.path(), changed.before());
            }
        }
    }

    private void apply(String path, String value) {
        try {
            if (path.equals(BOOT)) {
                select(slot(value), true);
            } else if (path.endsWith(".Available")) {
                int slot = slot(path.substring(0, path.lastIndexOf('.')));
                bank.put(slot, bank.slot(slot).letRun(value.equals("true")));
            }
        } catch (IOException failed) {
            throw new UspException(StandardErrorCode.INTERNAL_ERROR, "it cannot be kept: " + failed.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new UspException(StandardErrorCode.REQUEST_DENIED, "the agent stops");
        }
    }

    private void select(int slot, boolean keepSettings) throws IOException, InterruptedException {
        installer.select(slot, keepSettings);
        bank.bootNext(slot);
    }

    @Override
    public Map<String, String> operate(CommandCall call) throws InterruptedException {
        int slot = (int) call.object().instanceNumber().orElseThrow();
        boolean keepSettings = !call.input(FirmwareModel.KEEP_SETTINGS, "true").equals("false");
        try {
            if (call.command().name().equals("Activate()")) {
                Thread.sleep(waitBefore(call, slot));
                activate(slot, keepSettings);
            } else if (downloads.into(slot, call, keepSettings)) {
                activate(slot, keepSettings);
            }
        } catch (IOException failed) {
            throw new UspException(
                    StandardErrorCode.COMMAND_FAILURE, "the disk does not do it: " + failed.getMessage());
        }
        return Map.of();
    }

    private Duration waitBefore(CommandCall call, int slot) {
        if (slot != bank.active() && !bank.slot(slot).canRun()) {
            throw new UspException(
                    StandardErrorCode.COMMAND_FAILURE,
                    "the image is " + bank.slot(slot).status().text()
                            + (bank.slot(slot).available() ? "" : ", and marked as not available"));
        }
        return ActivationWindow.waitBefore(call);
    }

    /// The answer has to leave before the host restarts.
    private void activate(int slot, boolean keepSettings) throws IOException, InterruptedException {
        if (slot == bank.active()) {
            return;
        }
        try {
            select(slot, keepSettings);
        } catch (UspException refused) {
            if (refused.code() != StandardErrorCode.INVALID_ARGUMENTS) {
                bank.put(slot, bank.slot(slot).failed(refused.fault().errMsg()));
                publish();
            }
            throw refused;
        }
        publish();
        Thread.ofVirtual().name("firmware-restart").start(() -> restart(slot, keepSettings));
    }

    private void restart(int slot, boolean keepSettings) {
        try {
            Thread.sleep(Limits.BEFORE_RESTART);
            bank.trying(slot, bootId);
            installer.restart(slot, keepSettings);
        } catch (UspException refused) {
            LOG.error("the host does not restart into another image: {}", refused.getMessage());
            failed(slot, refused.fault().errMsg());
        } catch (IOException full) {
            LOG.error("the host is not restarted into another image, since that cannot be kept: {}", full.getMessage());
            failed(slot, "it cannot be kept: " + full.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /// While the agent ends, what it has begun ends too or goes on without it: the next start finds out.
    private void failed(int slot, String why) {
        if (!open) {
            return;
        }
        try {
            bank.trying(0, "");
            bank.put(slot, bank.slot(slot).failed(why));
        } catch (IOException full) {
            LOG.error("what became of an image cannot be kept: {}", full.getMessage());
        }
        publish();
    }

    /// Makes the data model say what the bank holds.
    private void publish() {
        DeviceContext context = mounted;
        if (context == null || !open) {
            return;
        }
        try {
            context.update(transaction -> {
                write(transaction);
                return transaction;
            });
        } catch (UspException refused) {
            if (open) {
                LOG.warn("the data model refused what the firmware is: {}", refused.fault());
            }
        }
    }

    private void write(Transaction transaction) {
        for (int slot = 1; slot <= FirmwareBank.SLOTS; slot++) {
            Slot image = bank.slot(slot);
            set(transaction, row(slot) + "Name", image.name());
            set(transaction, row(slot) + "Version", image.version());
            set(transaction, row(slot) + "Available", Boolean.toString(image.available()));
            set(transaction, row(slot) + "Status", image.status().text());
            set(transaction, row(slot) + "BootFailureLog", image.bootFailureLog());
        }
        set(transaction, INFO + "ActiveFirmwareImage", reference(bank.active()));
        set(transaction, BOOT, reference(bank.boot()));
    }

    private static void set(Transaction transaction, String path, String value) {
        if (transaction.snapshot().value(path).filter(value::equals).isEmpty()) {
            transaction.set(path, value);
        }
    }

    private static String row(int slot) {
        return IMAGES + slot + ".";
    }

    private static String reference(int slot) {
        return IMAGES + slot;
    }

    private static int slot(String reference) {
        Matcher found = REFERENCE.matcher(reference);
        if (!found.matches()) {
            throw new UspException(StandardErrorCode.INVALID_VALUE, "no firmware image: " + BOOT);
        }
        return Integer.parseInt(Objects.requireNonNull(found.group(1)));
    }

    @Override
    public void close() {
        open = false;
    }
}
