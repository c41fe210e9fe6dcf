// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.firmware;

import dev.pharos.device.firmware.FileProblem;
import dev.pharos.device.linux.firmware.FirmwareInstaller;
import dev.pharos.device.linux.firmware.Standing;
import dev.pharos.device.prplos.ubus.UbusClient;
import dev.pharos.device.prplos.ubus.UbusEvent;
import dev.pharos.device.prplos.ubus.UbusException;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.usp.UspException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A gateway with two banks for firmware, of which the object `fwbank` knows: that of iopsysWRT, or one that
/// speaks as it does. Slots are its banks in their order. What others do with banks while the agent runs shows at
/// its next start.
public final class FirmwareBanks implements FirmwareInstaller {
    private static final String NAME = "fwbank";
    private static final int BANKS = 2;

    private final UbusClient ubus;
    private final SystemObject system;
    private final Path images;
    private final List<Bank> banks;

    /// @param id as fwbank calls it
    private record Bank(int id, boolean active, boolean boot, String version) {}

    private FirmwareBanks(UbusClient ubus, Path images, List<Bank> banks) {
        this.ubus = ubus;
        this.system = new SystemObject(ubus);
        this.images = images;
        this.banks = banks;
    }

    /// Those that are on the bus now; empty where there is no such object, or one with another number of banks.
    ///
    /// @param images a folder in `/tmp`, made where it is not there
    /// @throws IOException where that folder cannot be ours
    public static Optional<FirmwareBanks> find(UbusClient ubus, Path images) throws IOException, InterruptedException {
        try {
            List<Bank> banks = banks(ubus);
            return banks.size() == BANKS && banks.stream().anyMatch(Bank::active)
                    ? Optional.of(new FirmwareBanks(ubus, ImageFolder.at(images), banks))
                    : Optional.empty();
        } catch (UbusException | UspException none) {
            return Optional.empty();
        }
    }

    private static List<Bank> banks(UbusClient ubus) throws UbusException, InterruptedException {
        return SystemObject.call(ubus, NAME, "dump", UbusTable.EMPTY, Limits.AT_START).array("bank").stream()
                .filter(UbusTable.class::isInstance)
                .map(UbusTable.class::cast)
                .map(bank -> new Bank(
                        (int) bank.number("id").orElse(0),
                        bank.isTrue("active"),
                        bank.isTrue("boot"),
                        bank.text("swver").orElse("").strip()))
                .toList();
    }

    private int id(int slot) {
        return banks.get(slot - 1).id();
    }

    private static int slot(List<Bank> banks, Predicate<Bank> wanted, int otherwise) {
        for (int slot = 1; slot <= banks.size(); slot++) {
            if (wanted.test(banks.get(slot - 1))) {
                return slot;
            }
        }
        return otherwise;
    }

    @Override
    public Optional<String> version() {
        return banks.stream()
                .filter(Bank::active)
                .map(Bank::version)
                .filter(version -> !version.isEmpty())
                .findFirst();
    }

    @Override
    public Optional<Standing> standing() {
        Map<Integer, String> held = new HashMap<>();
        for (int slot = 1; slot <= banks.size(); slot++) {
            if (!banks.get(slot - 1).version().isEmpty()) {
                held.put(slot, banks.get(slot - 1).version());
            }
        }
        int active = slot(banks, Bank::active, 1);
        return Optional.of(new Standing(true, active, slot(banks, Bank::boot, active), held));
    }

    @Override
    public Optional<Path> images() {
        return Optional.of(images);
    }

    /// Settings are copied while an image is written.
    @Override
    public Set<String> asked() {
        return Set.of("Download()");
    }

    @Override
    public void check(Path image) throws InterruptedException {
        system.validate(image).ifPresent(SystemObject.Validation::mustBeValid);
    }

    /// fwbank answers when it has begun, and tells by the event `sysupgrade` how it ends.
    @Override
    public Optional<String> install(Path image, int slot, boolean keepSettings) throws InterruptedException {
        int id = id(slot);
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        try (Closeable _ = ubus.listen("sysupgrade", event -> status(event, id).ifPresent(told::add))) {
            UbusTable answer = SystemObject.call(
                    ubus,
                    NAME,
                    "upgrade",
                    UbusTable.EMPTY
                            .with("path", image.toAbsolutePath().toString())
                            .with("auto_activate", false)
                            .with("bank", id)
                            .with("keep_settings", keepSettings),
                    Limits.CHECK);
            if (!answer.text("result").orElse("ok").equals("ok")) {
                throw FileProblem.UNUSABLE.because("fwbank does not take the image");
            }
            String end = told.poll(Limits.WRITE.toMillis(), TimeUnit.MILLISECONDS);
            if (!"Available".equals(end)) {
                throw FileProblem.UNUSABLE.because(
                        end == null
                                ? "fwbank did not end in " + Limits.WRITE.toMinutes() + " minutes"
                                : "fwbank says that the image is " + end);
            }
            return banks(ubus).stream()
                    .filter(bank -> bank.id() == id)
                    .map(Bank::version)
                    .findFirst();
        } catch (UbusException | IOException refused) {
            throw FileProblem.UNUSABLE.because("fwbank does not write the image: " + refused.getMessage());
        }
    }

    /// How the writing into a bank ended; empty where it goes on, or is another bank's.
    private static Optional<String> status(UbusEvent event, int id) {
        String bank = event.data().text("bank_id").orElse("");
        return event.data()
                .text("status")
                .filter(status -> bank.equals(Integer.toString(id)) && !status.equals("Downloading"));
    }

    @Override
    public void select(int slot, boolean keepSettings) throws InterruptedException {
        try {
            UbusTable answer = SystemObject.call(
                    ubus, NAME, "set_bootbank", UbusTable.EMPTY.with("bank", id(slot)), Limits.ANSWER);
            if (!answer.isTrue("success")) {
                throw SystemObject.failure("fwbank does not boot from bank " + id(slot));
            }
        } catch (UbusException refused) {
            throw SystemObject.failure("fwbank does not boot from bank " + id(slot) + ": " + refused.getMessage());
        }
    }

    @Override
    public void restart(int slot, boolean keepSettings) throws InterruptedException {
        system.reboot();
    }
}
