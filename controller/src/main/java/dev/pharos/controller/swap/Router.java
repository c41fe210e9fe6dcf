// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.swap;

import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.controller.store.TwinValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A router as its twin knows it, and which of its rows plays which part.
public final class Router {
    private static final String ACCESS_POINTS = "Device.WiFi.AccessPoint.";
    private static final String INTERFACES = "Device.IP.Interface.";
    private static final String POOL = "Device.DHCPv4.Server.Pool.1.";
    private static final String PPP = "Device.PPP.Interface.1.";
    private static final String TIME = "Device.Time.";
    private static final Pattern ADDRESS = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})");

    private final NavigableMap<String, TwinValue> values;
    private final RouterModel model;

    /// @param values of its twin
    public Router(Collection<TwinValue> values, RouterModel model) {
        NavigableMap<String, TwinValue> byPath = new TreeMap<>();
        values.forEach(value -> byPath.put(value.path(), value));
        this.values = Collections.unmodifiableNavigableMap(byPath);
        this.model = model;
    }

    /// One Wi-Fi network.
    ///
    /// @param band `2.4 GHz`; empty where nobody knows
    /// @param number counted within its band: the first is the one of the house, the next usually that of guests
    /// @param radio empty where nobody knows
    record Network(String band, int number, String ssid, String accessPoint, Optional<String> radio) {

        /// By which a network of one router is that of another.
        String role() {
            return (band.isEmpty() ? "wifi" : "wifi." + band.replace(" GHz", "ghz"))
                    + (number == 1 ? "" : "." + number);
        }

        String title() {
            return (number == 1 ? "Wi-Fi" : number == 2 ? "Second Wi-Fi (guests)" : "Wi-Fi no. " + number)
                    + (band.isEmpty() ? "" : " " + band);
        }
    }

    Optional<TwinValue> value(String path) {
        return Optional.ofNullable(values.get(path));
    }

    Optional<String> text(String path) {
        return value(path).filter(value -> !value.secured()).map(TwinValue::value);
    }

    /// Whether it has such a parameter or, with a dot at the end, such rows: as it has told, or as its data model says.
    boolean has(String path) {
        if (path.endsWith(".")) {
            return !values.subMap(path, path + Character.MAX_VALUE).isEmpty() || model.hasTable(path);
        }
        return values.containsKey(path) || model.hasParameter(path);
    }

    RouterModel model() {
        return model;
    }

    /// By the numbers of their access points.
    List<Network> networks() {
        List<Network> networks = new ArrayList<>();
        Map<String, Integer> counted = new HashMap<>();
        for (String point : rows(ACCESS_POINTS, Limits.NETWORKS)) {
            Optional<String> ssid = reference(point + "SSIDReference").filter(object -> has(object + "SSID"));
            if (ssid.isPresent()) {
                Optional<String> radio = reference(ssid.get() + "LowerLayers");
                String band = radio.map(this::band).orElse("");
                int number = counted.merge(band, 1, Integer::sum);
                networks.add(new Network(band, number, ssid.get(), point, radio));
            }
        }
        return networks;
    }

    /// Rows of a table, by their numbers.
    List<String> rows(String table, int most) {
        return values.subMap(table, table + Character.MAX_VALUE).keySet().stream()
                .map(path -> path.substring(table.length()))
                .filter(rest -> rest.indexOf('.') > 0)
                .map(rest -> rest.substring(0, rest.indexOf('.')))
                .filter(number -> number.matches("[0-9]{1,9}"))
                .distinct()
                .sorted(Comparator.comparingLong(Long::parseLong))
                .limit(most)
                .map(number -> table + number + ".")
                .toList();
    }

    /// The object that a parameter names, the first of several; what is no path is nothing.
    private Optional<String> reference(String path) {
        return text(path)
                .map(text -> text.split(",", 2)[0].strip())
                .map(text -> text.endsWith(".") ? text.substring(0, text.length() - 1) : text)
                .flatMap(ParameterPattern::of)
                .filter(ParameterPattern::single)
                .map(object -> object.object() + object.parameter() + ".")
                .or(() -> text(path)
                        .map(text -> text.split(",", 2)[0].strip())
                        .map(text -> text.endsWith(".") ? text : text + ".")
                        .filter(object ->
                                object.matches("Device(\\.[A-Za-z][A-Za-z0-9]{0,50}|\\.[0-9]{1,9}){1,10}\\.")));
    }

    /// As the radio says it, else as its channels are.
    private String band(String radio) {
        return text(radio + "OperatingFrequencyBand")
                .filter(band -> band.matches("[0-9.]{1,4}GHz"))
                .map(band -> band.replace("GHz", " GHz"))
                .or(() -> ofChannel(radio + Personal.CHANNEL))
                .or(() -> ofChannel(radio + Personal.CHANNELS))
                .or(() -> ofStandards(radio))
                .orElse("");
    }

    private Optional<String> ofChannel(String path) {
        Matcher first =
                Pattern.compile("^([1-9][0-9]{0,2})\\b").matcher(text(path).orElse(""));
        return first.find()
                ? Optional.of(Integer.parseInt(first.group(1)) <= 14 ? "2.4 GHz" : "5 GHz")
                : Optional.empty();
    }

    private Optional<String> ofStandards(String radio) {
        List<String> standards =
                List.of(text(radio + "OperatingStandards").orElse("").split("[ ,]+"));
        if (standards.contains("ac") || standards.contains("a")) {
            return Optional.of("5 GHz");
        }
        return standards.contains("b") || standards.contains("g") ? Optional.of("2.4 GHz") : Optional.empty();
    }

    /// The object of a place that is there once.
    Optional<String> place(Personal.Place place) {
        return switch (place) {
            case HOME -> home();
            case POOL -> Optional.of(POOL);
            case PPP -> Optional.of(PPP);
            case TIME -> Optional.of(TIME);
            case SSID, ACCESS_POINT -> Optional.empty();
        };
    }

    /// The interface of the network that addresses are given out in.
    private Optional<String> home() {
        Optional<String> said = reference(POOL + "Interface").filter(object -> object.startsWith(INTERFACES));
        return said.isPresent()
                ? said
                : rows(INTERFACES, Limits.INTERFACES).stream()
                        .filter(this::holdsPool)
                        .findFirst();
    }

    private boolean holdsPool(String at) {
        OptionalLong own = address(at + "IPv4Address.1.IPAddress");
        OptionalLong mask = address(at + "IPv4Address.1.SubnetMask");
        OptionalLong first = address(POOL + "MinAddress");
        return own.isPresent()
                && mask.isPresent()
                && first.isPresent()
                && mask.getAsLong() != 0
                && (own.getAsLong() & mask.getAsLong()) == (first.getAsLong() & mask.getAsLong());
    }

    private OptionalLong address(String path) {
        Matcher parts = ADDRESS.matcher(text(path).orElse(""));
        if (!parts.matches()) {
            return OptionalLong.empty();
        }
        long address = 0;
        for (int i = 1; i <= 4; i++) {
            address = address << 8 | Integer.parseInt(parts.group(i));
        }
        return OptionalLong.of(address);
    }
}
