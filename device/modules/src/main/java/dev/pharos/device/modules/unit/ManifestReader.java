// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Reads [Manifest]s, and refuses what they do not define. Used once.
public final class ManifestReader {
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}/]{1,64}");
    private static final Pattern VENDOR = Pattern.compile("(?=.{1,128}$)[A-Za-z0-9-]+(?:[.][A-Za-z0-9-]+)*");
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+~_-]{0,31}");
    private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final Path folder;
    private final Properties properties;
    private final UnaryOperator<String> called;
    private final Set<String> used = new HashSet<>();

    /// @param called how whoever wrote it calls a key
    private ManifestReader(Path folder, Properties properties, UnaryOperator<String> called) {
        this.folder = folder;
        this.properties = properties;
        this.called = called;
    }

    /// Reads that of an unpacked archive.
    ///
    /// @throws UnitFormatException naming what is missing or cannot be
    public static Manifest read(Path folder) throws IOException, UnitFormatException {
        Path file = folder.resolve(Manifest.FILE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnitFormatException("there is no " + Manifest.FILE + " at the top of the archive");
        }
        if (Files.size(file) > Limits.MANIFEST) {
            throw new UnitFormatException(Manifest.FILE + " is larger than " + Limits.MANIFEST + " bytes");
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | CharacterCodingException broken) {
            throw new UnitFormatException(Manifest.FILE + " cannot be read: " + broken.getMessage());
        }
        return new ManifestReader(folder, properties, UnaryOperator.identity()).manifest();
    }

    /// Reads what an image says, in the keys of a manifest.
    ///
    /// @param properties without the command and the environment of its only unit
    /// @param called how the image calls a key
    static Manifest ofImage(
            Properties properties, UnaryOperator<String> called, List<String> command, Map<String, String> environment)
            throws UnitFormatException {
        ManifestReader reader = new ManifestReader(Path.of(""), properties, called);
        Manifest manifest = reader.identity();
        UnitPlan plan = reader.plan(reader.value("units"), command, environment);
        reader.mustBeUsed();
        return manifest.with(List.of(plan));
    }

    private Manifest manifest() throws IOException, UnitFormatException {
        Manifest manifest = identity();
        Set<String> names = new LinkedHashSet<>();
        for (String unit : value("units").split(",")) {
            if (!unit.isBlank() && !names.add(unit.strip())) {
                throw new UnitFormatException("units: twice " + unit.strip());
            }
        }
        if (names.size() > Limits.UNITS) {
            throw new UnitFormatException("units: more than " + Limits.UNITS);
        }
        List<UnitPlan> units = new ArrayList<>();
        for (String unit : names) {
            units.add(unit(unit));
        }
        mustBeUsed();
        return manifest.with(units);
    }

    private Manifest identity() throws UnitFormatException {
        return new Manifest(
                mustMatch("name", NAME),
                mustMatch("vendor", VENDOR),
                mustMatch("version", VERSION),
                text("description", Limits.DESCRIPTION),
                List.of());
    }

    private void mustBeUsed() throws UnitFormatException {
        for (String key : properties.stringPropertyNames()) {
            if (!used.contains(key)) {
                throw new UnitFormatException(called.apply(key) + ": no key of a manifest, or of no unit");
            }
        }
    }

    private UnitPlan unit(String name) throws IOException, UnitFormatException {
        if (!UNIT.matcher(name).matches()) {
            throw new UnitFormatException("units: not a name of letters, digits, _ and -: " + name);
        }
        String of = name + ".";
        List<String> command = new ArrayList<>(List.of(program(of + "command")));
        for (int i = 1; properties.containsKey(of + "argument." + i); i++) {
            if (i > Limits.ARGUMENTS) {
                throw new UnitFormatException(of + "argument: more than " + Limits.ARGUMENTS);
            }
            command.add(text(of + "argument." + i, Limits.TEXT));
        }
        return plan(name, command, environment(of + "environment."));
    }

    private UnitPlan plan(String name, List<String> command, Map<String, String> environment)
            throws UnitFormatException {
        String of = name + ".";
        Bounds bounds = new Bounds(
                number(of + "memory", 1024, Integer.MAX_VALUE, -1),
                number(of + "cpu", 1, 100, -1),
                number(of + "processes", 1, Limits.MOST_PROCESSES, Limits.PROCESSES),
                -1);
        return new UnitPlan(
                name,
                text(of + "description", Limits.DESCRIPTION),
                command,
                environment,
                flag(of + "autostart"),
                number(of + "runlevel", 0, Limits.RUN_LEVEL, -1),
                bounds);
    }

    private Map<String, String> environment(String prefix) throws UnitFormatException {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String key : properties.stringPropertyNames().stream().sorted().toList()) {
            if (key.startsWith(prefix)) {
                String variable = key.substring(prefix.length());
                if (!isVariable(variable)) {
                    throw new UnitFormatException(key + ": not the name of a variable");
                }
                environment.put(variable, text(key, Limits.TEXT));
            }
        }
        if (environment.size() > Limits.VARIABLES) {
            throw new UnitFormatException(prefix + " more than " + Limits.VARIABLES);
        }
        return environment;
    }

    /// Whether it can be the name of a variable in the environment of a unit.
    public static boolean isVariable(String name) {
        return VARIABLE.matcher(name).matches();
    }

    private String program(String key) throws IOException, UnitFormatException {
        String program = text(key, Limits.PATH);
        if (program.startsWith("/")) {
            return program;
        }
        Path file = folder.resolve(program).normalize();
        if (program.isEmpty() || !file.startsWith(folder) || !Files.isRegularFile(file)) {
            throw new UnitFormatException(
                    key + ": not in the archive, and not the whole path of a program of the host");
        }
        if (!file.toRealPath().startsWith(folder.toRealPath()) || !Files.isExecutable(file)) {
            throw new UnitFormatException(key + ": not a program, for it has no x: " + program);
        }
        return program;
    }

    private String mustMatch(String key, Pattern pattern) throws UnitFormatException {
        String value = value(key);
        if (!pattern.matcher(value).matches()) {
            throw new UnitFormatException(
                    value.isEmpty()
                            ? called.apply(key) + " is missing"
                            : called.apply(key) + ": it cannot be " + plain(value));
        }
        return value;
    }

    private String text(String key, int most) throws UnitFormatException {
        String value = value(key);
        if (value.length() > most || value.indexOf(0) >= 0) {
            throw new UnitFormatException(called.apply(key) + ": longer than " + most + " characters, or with a NUL");
        }
        return value;
    }

    private int number(String key, int least, int most, int otherwise) throws UnitFormatException {
        String value = value(key);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (NUMBER.matcher(value).matches()) {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new UnitFormatException(called.apply(key) + ": not a number from " + least + " to " + most);
    }

    private boolean flag(String key) throws UnitFormatException {
        return switch (value(key)) {
            case "true" -> true;
            case "false", "" -> false;
            default -> throw new UnitFormatException(called.apply(key) + ": neither true nor false");
        };
    }

    private String value(String key) {
        used.add(key);
        return properties.getProperty(key, "").strip();
    }

    private static String plain(String text) {
        String one = text.replaceAll("\\p{Cntrl}", " ");
        return one.length() > 80 ? one.substring(0, 80) + "…" : one;
    }
}
