// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a device can be asked to do with a file of its own.
public enum FileAction {
    /// Give a configuration away.
    BACKUP(FileKind.CONFIG, "VendorConfigFile", "Backup()"),
    /// Give a log away.
    LOG(FileKind.LOG, "VendorLogFile", "Upload()"),
    /// Take a configuration back.
    RESTORE(FileKind.CONFIG, "VendorConfigFile", "Restore()"),
    /// Give packets away that it captures for it, as a diagnostic.
    CAPTURE(FileKind.CAPTURE, "", "PacketCaptureDiagnostics()"),
    /// Take a file of a kind that TR-069 or a vendor names.
    SEND(FileKind.OTHER, "", ""),
    /// Give a file of a kind away that a vendor names.
    FETCH(FileKind.OTHER, "", "");

    private final FileKind kind;
    private final String table;
    private final String command;

    /// @param table of the device's files; empty where they come from the device itself
    FileAction(FileKind kind, String table, String command) {
        this.kind = kind;
        this.table = table;
        this.command = command;
    }

    public FileKind kind() {
        return kind;
    }

    /// Whether the file comes from the device.
    public boolean isUpload() {
        return this != RESTORE && this != SEND;
    }

    /// Whether the device has such a file before it is asked.
    public boolean isOfAFile() {
        return !table.isEmpty();
    }

    /// Whether the kind of the file is told by its name, as TR-069 has it; then it is no command's.
    public boolean isByType() {
        return kind == FileKind.OTHER;
    }

    /// Whether somebody may ask for it alone; a capture is asked for as a diagnostic.
    public boolean isForPeople() {
        return isOfAFile() || isByType();
    }

    /// The object of a file, with trailing dot; the root where it is none's.
    public String object(int number) {
        return isOfAFile() ? "Device.DeviceInfo." + table + "." + number + "." : "Device.";
    }

    /// What it is over USP, and what has to be allowed: the root where it is nothing there.
    public String command(int number) {
        return object(number) + command;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<FileAction> of(String text) {
        return Arrays.stream(values())
                .filter(action -> action.text().equals(text))
                .findFirst();
    }
}
