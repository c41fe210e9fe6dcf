// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Who the host is, read once.
///
/// @param oui six hex digits; `000000` where no interface has an address of a registered maker
/// @param known parameters of `Device.DeviceInfo.` that the host has an answer for
record Identity(
        String oui, String productClass, String serialNumber, String softwareVersion, Map<String, String> known) {
    private static final String DMI = "/sys/class/dmi/id/";
    private static final int LONGEST = 64;
    private static final int SERIAL_DIGITS = 32;

    /// What makers of boards leave in fields that they never filled.
    private static final Set<String> FILLERS = Set.of(
            "to be filled by o.e.m.",
            "default string",
            "none",
            "not specified",
            "not applicable",
            "unknown",
            "0",
            "system serial number",
            "system product name",
            "system manufacturer",
            "system version",
            "n/a",
            "sku",
            "oem",
            "0123456789",
            "123456789",
            "xxxxxxx");

    static Identity of(HostFiles files) {
        Map<String, String> release = release(files);
        String kernel = files.word("/proc/sys/kernel/osrelease").orElse("");
        String software =
                shortened(release.getOrDefault("PRETTY_NAME", "Linux " + kernel).strip(), LONGEST);
        Optional<String> model = dmi(files, "product_name").or(() -> files.word("/proc/device-tree/model"));
        String productClass = shortened(model.orElse("Linux"), LONGEST);
        String serial = shortened(serial(files), LONGEST);
        String oui = oui(files);
        Map<String, String> known = new LinkedHashMap<>();
        dmi(files, "sys_vendor").ifPresent(vendor -> known.put("Manufacturer", shortened(vendor, LONGEST)));
        known.put("ManufacturerOUI", oui);
        model.ifPresent(name -> known.put("ModelName", shortened(name, LONGEST)));
        dmi(files, "product_sku").ifPresent(sku -> known.put("ModelNumber", shortened(sku, LONGEST)));
        known.put("Description", (software + ", Linux " + kernel).strip());
        known.put("ProductClass", productClass);
        known.put("SerialNumber", serial);
        dmi(files, "product_version")
                .or(() -> dmi(files, "board_version"))
                .ifPresent(version -> known.put("HardwareVersion", shortened(version, LONGEST)));
        known.put("SoftwareVersion", software);
        known.replaceAll((name, value) -> shortened(value, name.equals("Description") ? 256 : LONGEST));
        return new Identity(oui, productClass, serial, software, Map.copyOf(known));
    }

    /// The same host with other software, as somebody knows better than its files.
    Identity running(String version) {
        String shown = shortened(version, LONGEST);
        Map<String, String> values = new LinkedHashMap<>(known);
        values.put("SoftwareVersion", shown);
        return new Identity(oui, productClass, serialNumber, shown, Map.copyOf(values));
    }

    private static Map<String, String> release(HostFiles files) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String file : new String[] {"/etc/os-release", "/usr/lib/os-release"}) {
            for (String line : files.lines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0 && line.charAt(0) != '#') {
                    values.putIfAbsent(
                            line.substring(0, equals),
                            unquoted(line.substring(equals + 1).strip()));
                }
            }
        }
        return values;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static Optional<String> dmi(HostFiles files, String field) {
        return files.word(DMI + field).filter(value -> !FILLERS.contains(value.toLowerCase(Locale.ROOT)));
    }

    /// The maker's number, or else one that is derived from what the installation is known by. The machine id
    /// itself is to be kept confidential, as machine-id(5) says.
    private static String serial(HostFiles files) {
        return dmi(files, "product_serial")
                .or(() -> files.word("/proc/device-tree/serial-number"))
                .or(() -> Stream.of("/etc/machine-id", "/var/lib/dbus/machine-id")
                        .flatMap(file -> files.word(file).stream())
                        .filter(id -> id.matches("[0-9a-f]{32}"))
                        .findFirst()
                        .map(Identity::derived))
                .or(() ->
                        macs(files).findFirst().map(mac -> mac.replace(":", "").toUpperCase(Locale.ROOT)))
                .or(() -> files.word("/proc/sys/kernel/hostname"))
                .orElseThrow(() -> new IllegalStateException(
                        "the host has no serial number, no machine id, no network address and no name to tell it by"));
    }

    private static String derived(String machineId) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(machineId.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            byte[] digest = mac.doFinal("dev.pharos SerialNumber".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().withUpperCase().formatHex(digest).substring(0, SERIAL_DIGITS);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has HmacSHA256", missing);
        }
    }

    /// The maker's part of the first network address that a maker gave, which those made up locally are not.
    private static String oui(HostFiles files) {
        return macs(files)
                .filter(mac -> (Integer.parseInt(mac.substring(0, 2), 16) & 3) == 0)
                .map(mac -> mac.substring(0, 8).replace(":", "").toUpperCase(Locale.ROOT))
                .filter(oui -> !oui.equals("000000"))
                .findFirst()
                .orElse("000000");
    }

    /// Addresses of interfaces that stand for hardware.
    private static Stream<String> macs(HostFiles files) {
        String net = "/sys/class/net/";
        return files.names("/sys/class/net", "*", Limits.LINKS).stream()
                .filter(name -> java.nio.file.Files.exists(files.path(net + name + "/device")))
                .flatMap(name -> files.word(net + name + "/address").stream())
                .filter(mac -> mac.matches("([0-9a-f]{2}:){5}[0-9a-f]{2}"));
    }

    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
