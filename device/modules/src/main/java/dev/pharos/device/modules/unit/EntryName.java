// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// The name of an entry in an archive, as a place in the folder that it is unpacked into.
final class EntryName {
    private EntryName() {}

    /// @param longest characters
    /// @param deepest folders within folders
    /// @return the folder itself for the archive's top
    /// @throws UnitFormatException where it would be outside of the folder, or this host can have no such name
    static Path under(Path folder, String name, int longest, int deepest) throws UnitFormatException {
        String plain = name.startsWith("./") ? name.substring(2) : name;
        if (plain.length() > longest || plain.indexOf(0) >= 0 || plain.indexOf('\\') >= 0 || plain.startsWith("/")) {
            throw outside(name);
        }
        Path path = folder;
        int depth = 0;
        for (String part : plain.split("/")) {
            if (part.equals("..")) {
                throw outside(name);
            }
            if (!part.isEmpty() && !part.equals(".")) {
                path = resolved(path, part);
                depth++;
            }
        }
        if (depth > deepest) {
            throw new UnitFormatException("more than " + deepest + " folders deep: " + Archive.shown(name));
        }
        return path;
    }

    private static Path resolved(Path path, String part) throws UnitFormatException {
        try {
            return path.resolve(part);
        } catch (InvalidPathException unwritable) {
            throw unwritable(part);
        }
    }

    /// What a link leads to, which is not looked at here.
    static Path target(String link) throws UnitFormatException {
        try {
            return Path.of(link);
        } catch (InvalidPathException unwritable) {
            throw unwritable(link);
        }
    }

    private static UnitFormatException unwritable(String name) {
        return new UnitFormatException(
                "a name that the agent cannot write in its locale (LC_ALL): " + Archive.shown(name));
    }

    static UnitFormatException outside(String name) {
        return new UnitFormatException("it would be outside of its folder: " + Archive.shown(name));
    }
}
