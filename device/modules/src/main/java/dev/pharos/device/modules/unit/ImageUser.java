// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who the program of an image is within its container, as the image's `User` says: a user or a number, and a
/// group or a number behind a colon. Names are those of the image.
///
/// @param uid from 0 to [Limits#IDENTITY]
/// @param gid the same, its only group
public record ImageUser(long uid, long gid) {
    /// Whoever may do everything, as far as anybody in a container may.
    public static final ImageUser ROOT = new ImageUser(0, 0);

    private static final String PART = "([A-Za-z0-9_][A-Za-z0-9_.@-]{0,62}[$]?)";
    private static final Pattern USER = Pattern.compile(PART + "(?::" + PART + ")?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    /// @throws UnitFormatException where it can be nobody's
    static String checked(String user) throws UnitFormatException {
        if (!user.isEmpty() && !USER.matcher(user).matches()) {
            throw new UnitFormatException("User: neither a user nor user:group: " + Archive.shown(user));
        }
        return user;
    }

    /// Looks up who that is. Where only a user is said, the group is that of `/etc/passwd`, or 0 for a number
    /// that is not in it.
    ///
    /// @param root folder of the image, in which no link is followed
    /// @param user as [Image#user] says it; empty for root
    /// @throws UnitFormatException where the image does not know the name
    public static ImageUser of(Path root, String user) throws IOException, UnitFormatException {
        Matcher matcher = USER.matcher(user);
        if (!matcher.matches()) {
            return ROOT;
        }
        String name = matcher.group(1);
        String group = matcher.group(2);
        Optional<String[]> known = line(root, "passwd", 4, name);
        if (known.isEmpty() && !NUMBER.matcher(name).matches()) {
            throw new UnitFormatException("User: " + name + " is not in /etc/passwd of the image");
        }
        long uid = number(known.map(words -> words[2]).orElse(name));
        if (group == null) {
            return new ImageUser(uid, known.isEmpty() ? 0 : number(known.get()[3]));
        }
        Optional<String[]> members = line(root, "group", 3, group);
        if (members.isEmpty() && !NUMBER.matcher(group).matches()) {
            throw new UnitFormatException("User: " + group + " is not in /etc/group of the image");
        }
        return new ImageUser(uid, number(members.map(words -> words[2]).orElse(group)));
    }

    private static long number(String text) throws UnitFormatException {
        if (!NUMBER.matcher(text).matches() || Long.parseLong(text) > Limits.IDENTITY) {
            throw new UnitFormatException(
                    "User: not a number from 0 to " + Limits.IDENTITY + ": " + Archive.shown(text));
        }
        return Long.parseLong(text);
    }

    /// The first line of a name, or of a number.
    ///
    /// @param words that it has at least
    private static Optional<String[]> line(Path root, String file, int words, String wanted)
            throws IOException, UnitFormatException {
        boolean isNumber = NUMBER.matcher(wanted).matches();
        Predicate<String[]> meant = isNumber
                ? found -> NUMBER.matcher(found[2]).matches() && Long.parseLong(found[2]) == Long.parseLong(wanted)
                : found -> found[0].equals(wanted);
        return lines(root, file).stream()
                .map(line -> line.split(":", -1))
                .filter(found -> found.length >= words)
                .filter(meant)
                .findFirst();
    }

    private static List<String> lines(Path root, String name) throws IOException, UnitFormatException {
        Path folder = root.resolve("etc");
        Path file = folder.resolve(name);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        if (Files.size(file) > Limits.DOCUMENT) {
            throw new UnitFormatException("/etc/" + name + " of the image: more than " + Limits.DOCUMENT + " bytes");
        }
        return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    }
}
