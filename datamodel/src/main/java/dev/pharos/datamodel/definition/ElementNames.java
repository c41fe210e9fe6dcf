// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.definition;

import dev.pharos.datamodel.Limits;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Which names the parts of a data model may have.
final class ElementNames {
    // vendors' names begin with X_ and may hold dashes
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_-]*";
    private static final Pattern OBJECT_PATH = Pattern.compile(NAME + "\\.(?:" + NAME + "\\.(?:\\{i}\\.)?)*+");
    private static final Pattern PARAMETER = Pattern.compile(NAME);
    private static final Pattern COMMAND = Pattern.compile(NAME + "\\(\\)");
    private static final Pattern EVENT = Pattern.compile(NAME + "!");
    private static final Pattern ARGUMENT =
            Pattern.compile(NAME + "(?:\\.\\{i})?(?:\\." + NAME + "(?:\\.\\{i})?)*+\\.?");

    private ElementNames() {}

    static void checkObjectPath(String path) {
        check(OBJECT_PATH, path, "a supported object path such as Device.WiFi.SSID.{i}.");
        if (path.chars().filter(c -> c == '.').count() > Limits.PATH_DEPTH) {
            throw new IllegalArgumentException("deeper than " + Limits.PATH_DEPTH + " steps: " + path);
        }
    }

    static void checkParameter(String name) {
        check(PARAMETER, name, "a parameter name");
    }

    static void checkCommand(String name) {
        check(COMMAND, name, "a command name such as Reboot()");
    }

    static void checkEvent(String name) {
        check(EVENT, name, "an event name such as Boot!");
    }

    static void checkArgument(String name) {
        check(ARGUMENT, name, "an argument name");
    }

    static <T> void checkDistinct(String owner, List<T> elements, Function<T, String> name) {
        if (elements.size() > Limits.ELEMENTS_PER_OBJECT) {
            throw new IllegalArgumentException("more than " + Limits.ELEMENTS_PER_OBJECT + " elements: " + owner);
        }
        Set<String> seen = HashSet.newHashSet(elements.size());
        for (T element : elements) {
            if (!seen.add(name.apply(element))) {
                throw new IllegalArgumentException("defined twice: " + owner + " " + name.apply(element));
            }
        }
    }

    private static void check(Pattern pattern, String name, String what) {
        if (name.length() > 1024 || !pattern.matcher(name).matches()) {
            throw new IllegalArgumentException("not " + what + ": " + name);
        }
    }
}
