// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.firmware;

import dev.pharos.device.linux.firmware.Slot.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;

/// The two slots of a host, from which it runs, and from which it is to boot next; kept in `bank.properties`.
/// Thread-safe.
final class FirmwareBank {
    static final int SLOTS = 2;
    private static final String FILE = "bank.properties";

    private final Path file;
    private final Slot[] slots = {Slot.EMPTY, Slot.EMPTY, Slot.EMPTY};
    private int active = 1;
    private int boot = 1;
    private int tried;
    private String triedIn = "";
    private boolean either = true;

    private FirmwareBank(Path file) {
        this.file = file;
    }

    /// Reads what was kept, and finds out what became of a restart.
    ///
    /// @param running the version that runs now
    /// @param bootId another each time that the host starts
    /// @param told what the host says of its slots, which goes before what was kept
    static FirmwareBank open(Path folder, String running, String bootId, Optional<Standing> told) throws IOException {
        Files.createDirectories(folder);
        FirmwareBank bank = new FirmwareBank(folder.resolve(FILE));
        bank.load();
        bank.started(running, bootId, told);
        bank.store();
        return bank;
    }

    private void started(String running, String bootId, Optional<Standing> told) {
        either = told.map(Standing::either).orElse(true);
        for (int slot = 1; slot <= SLOTS; slot++) {
            if (slots[slot].status().isOnItsWay()) {
                slots[slot] = slots[slot].with(Status.DOWNLOAD_FAILED);
            }
        }
        boolean runsTried = told.filter(Standing::either)
                .map(standing -> standing.active() == tried)
                .orElseGet(() -> tried > 0 && runs(tried, running));
        if (tried > 0 && runsTried) {
            moveTo(tried);
            tried = 0;
        } else if (tried > 0 && !triedIn.equals(bootId)) {
            // where the host booted from next stays as it is: management shall see what it wanted (TR-369)
            slots[tried] = slots[tried].failed("the host runs " + running + " after the restart, not "
                    + (slots[tried].version().isEmpty() ? "this image" : slots[tried].version()));
            tried = 0;
        }
        told.ifPresent(this::adopt);
        Slot runs = slots[active];
        slots[active] = new Slot(runs.name().isEmpty() ? "installed" : runs.name(), running, Status.ACTIVE, true, "");
    }

    /// The image of this slot runs. Where there is one place alone, it was written over what ran.
    private void moveTo(int slot) {
        if (either) {
            slots[active] = slots[active].with(Status.AVAILABLE);
            active = slot;
        } else {
            slots[active] = slots[slot];
            slots[slot] = Slot.EMPTY;
            boot = active;
        }
    }

    private void adopt(Standing standing) {
        active = standing.active();
        if (either) {
            boot = standing.boot();
        }
        for (int slot = 1; slot <= SLOTS; slot++) {
            Slot known = slots[slot];
            String held = standing.held().get(slot);
            if (slot == active) {
                continue;
            }
            if (held == null) {
                slots[slot] = known.canRun() ? Slot.EMPTY : known;
            } else if (!known.version().equals(held) || known.isForgotten()) {
                slots[slot] = new Slot(known.name(), held, Status.AVAILABLE, true, "");
            }
        }
    }

    private boolean runs(int slot, String running) {
        String version = slots[slot].version();
        return version.isEmpty() ? !running.equals(slots[active].version()) : version.equals(running);
    }

    synchronized Slot slot(int number) {
        return slots[number];
    }

    synchronized int active() {
        return active;
    }

    /// Whether the host can boot from either slot.
    boolean bootsEither() {
        return either;
    }

    synchronized int boot() {
        return boot;
    }

    synchronized void put(int number, Slot slot) throws IOException {
        slots[number] = slot;
        store();
    }

    synchronized void bootNext(int number) throws IOException {
        boot = number;
        store();
    }

    /// A restart is about to begin, into this slot.
    synchronized void trying(int number, String bootId) throws IOException {
        tried = number;
        triedIn = bootId;
        store();
    }

    private void load() throws IOException {
        Properties kept = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                kept.load(in);
            } catch (IllegalArgumentException broken) {
                throw new IOException(file + " cannot be read, delete it to go on", broken);
            }
        }
        active = number(kept, "active", 1);
        boot = number(kept, "boot", active);
        tried = kept.getProperty("tried", "").isEmpty() ? 0 : number(kept, "tried", 1);
        triedIn = kept.getProperty("triedIn", "");
        for (int slot = 1; slot <= SLOTS; slot++) {
            slots[slot] = new Slot(
                    kept.getProperty(slot + ".name", ""),
                    kept.getProperty(slot + ".version", ""),
                    Status.of(kept.getProperty(slot + ".status", "")),
                    kept.getProperty(slot + ".available", "").equals("true"),
                    kept.getProperty(slot + ".bootFailureLog", ""));
        }
    }

    private static int number(Properties kept, String name, int otherwise) {
        return switch (kept.getProperty(name, "")) {
            case "1" -> 1;
            case "2" -> 2;
            default -> otherwise;
        };
    }

    private void store() throws IOException {
        Properties kept = new Properties();
        kept.setProperty("active", Integer.toString(active));
        kept.setProperty("boot", Integer.toString(boot));
        kept.setProperty("tried", tried == 0 ? "" : Integer.toString(tried));
        kept.setProperty("triedIn", triedIn);
        for (int slot = 1; slot <= SLOTS; slot++) {
            kept.setProperty(slot + ".name", slots[slot].name());
            kept.setProperty(slot + ".version", slots[slot].version());
            kept.setProperty(slot + ".status", slots[slot].status().text());
            kept.setProperty(slot + ".available", Boolean.toString(slots[slot].available()));
            kept.setProperty(slot + ".bootFailureLog", slots[slot].bootFailureLog());
        }
        Path fresh = file.resolveSibling(FILE + ".new");
        try (OutputStream out = Files.newOutputStream(fresh)) {
            kept.store(out, "firmware images of this host");
        }
        try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
