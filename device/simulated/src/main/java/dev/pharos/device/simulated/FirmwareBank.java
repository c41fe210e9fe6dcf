// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;

/// The two places that hold firmware images, and which of them runs. Outlives the data model, as flash memory
/// does. Thread-safe.
final class FirmwareBank {
    static final String ACTIVE = "Active";
    static final String AVAILABLE = "Available";
    private static final int SLOTS = 2;
    private static final Image NOTHING = new Image("", "", "NoImage");

    private final Image[] images = new Image[SLOTS + 1];
    private int active = 1;
    private int boot = 1;

    FirmwareBank(String version) {
        images[1] = new Image("factory", version, ACTIVE);
        images[2] = NOTHING;
    }

    synchronized Image image(int slot) {
        return images[slot];
    }

    synchronized String activeVersion() {
        return images[active].version();
    }

    /// What the image that runs does to the gateway.
    synchronized ImageTraits traits() {
        return images[active].traits();
    }

    synchronized boolean isActive(int slot) {
        return slot == active;
    }

    synchronized void put(int slot, Image image) {
        images[slot] = image;
    }

    synchronized void bootNext(int slot) {
        boot = slot;
    }

    /// Notes which image management wants at the next boot.
    void noteBootChoice(Snapshot snapshot) {
        snapshot.value(Paths.DEVICE_INFO + "BootFirmwareImage")
                .flatMap(reference -> snapshot.object(Paths.row(reference)))
                .filter(image -> image.value("Available").filter("true"::equals).isPresent())
                .map(ObjectInstance::instanceNumber)
                .ifPresent(number -> bootNext((int) number.orElse(1)));
    }

    /// Starts the image chosen, where it is one that can run.
    ///
    /// @return whether another image runs now
    synchronized boolean reboot() {
        if (boot == active || !images[boot].status().equals(AVAILABLE)) {
            return false;
        }
        images[active] = images[active].withStatus(AVAILABLE);
        images[boot] = images[boot].withStatus(ACTIVE);
        active = boot;
        return true;
    }

    synchronized void reset(String version) {
        images[1] = new Image("factory", version, ACTIVE);
        images[2] = NOTHING;
        active = 1;
        boot = 1;
    }

    /// Makes the data model say what the bank holds.
    synchronized void publish(Transaction transaction) {
        for (int slot = 1; slot <= SLOTS; slot++) {
            String row = Paths.image(slot);
            if (images[slot].status().equals(AVAILABLE) && isArriving(transaction, row)) {
                set(transaction, row + "Available", "true");
            }
            set(transaction, row + "Name", images[slot].name());
            set(transaction, row + "Version", images[slot].version());
            set(transaction, row + "Status", images[slot].status());
        }
        set(transaction, Paths.DEVICE_INFO + "SoftwareVersion", images[active].version());
        set(transaction, Paths.DEVICE_INFO + "ActiveFirmwareImage", Paths.reference(Paths.image(active)));
    }

    /// As [#publish], and with the image that the next boot will start: flash memory knows better than what
    /// was configured.
    synchronized void publishAtBoot(Transaction transaction) {
        publish(transaction);
        set(transaction, Paths.DEVICE_INFO + "BootFirmwareImage", Paths.reference(Paths.image(boot)));
    }

    private static boolean isArriving(Transaction transaction, String row) {
        return transaction
                .snapshot()
                .value(row + "Status")
                .filter("Validating"::equals)
                .isPresent();
    }

    private static void set(Transaction transaction, String path, String value) {
        if (!transaction.snapshot().value(path).filter(value::equals).isPresent()) {
            transaction.set(path, value);
        }
    }

    /// An image and how far it has come.
    ///
    /// @param traits what it does to the gateway
    record Image(String name, String version, String status, ImageTraits traits) {
        Image(String name, String version, String status) {
            this(name, version, status, ImageTraits.GOOD);
        }

        Image withStatus(String newStatus) {
            return new Image(name, version, newStatus, traits);
        }
    }
}
