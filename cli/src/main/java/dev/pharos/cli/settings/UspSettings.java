// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

import dev.pharos.device.prplos.uci.UciListing;
import dev.pharos.device.prplos.uci.UciValue;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a file like `/etc/config/usp` says of controllers: of one in its first section `config usp`, and of others in
/// sections `config controller`.
///
/// @param rest the other options of the section `config usp`, which count when the agent starts
/// @param warnings what makes no sense, with its line
record UspSettings(Map<EndpointId, Told> controllers, Map<String, UciValue> rest, List<String> warnings) {
    static final String USP = "usp";
    static final String CONTROLLER = "controller";
    static final String ENDPOINT = "endpoint_id";
    static final String MTP = "mtp";
    static final String TLS = "enable_tls";

    private static final Set<String> OF_URL = Set.of(MTP, TLS);

    /// A controller and where it stands.
    ///
    /// @param section by which changes mean it
    /// @param first whether it is the section `config usp`
    /// @param unreadable what stands there and makes no sense: nothing follows from it
    /// @param options all that stand there, by name
    record Told(
            String section,
            int line,
            boolean first,
            ControllerEntry entry,
            Set<ControllerField> unreadable,
            Map<String, UciValue> options) {}

    /// @param first who the controller of the section `config usp` is
    static UspSettings of(UciListing listing, EndpointId own, EndpointId first, ShortForm shortForm) {
        return new Reader(own, first, shortForm).read(listing);
    }

    /// Reads one file.
    private static final class Reader {
        private final EndpointId own;
        private final EndpointId firstId;
        private final ShortForm shortForm;
        private final Map<EndpointId, Told> controllers = new LinkedHashMap<>();
        private final Map<String, UciValue> rest = new LinkedHashMap<>();
        private final List<String> warnings = new ArrayList<>();

        Reader(EndpointId own, EndpointId firstId, ShortForm shortForm) {
            this.own = own;
            this.firstId = firstId;
            this.shortForm = shortForm;
        }

        UspSettings read(UciListing listing) {
            boolean found = false;
            int number = 0;
            for (UciListing.Section section : listing.sections()) {
                if (section.type().equals(USP) && !found) {
                    found = true;
                    first(section);
                } else if (section.type().equals(CONTROLLER)) {
                    String name = section.name().isEmpty() ? "@controller[" + number + "]" : section.name();
                    number++;
                    further(section, name);
                }
            }
            if (!found) {
                warn(1, "there is no section config usp, so that nothing follows for its controller");
            }
            return new UspSettings(controllers, rest, warnings);
        }

        private void warn(int line, String sentence) {
            if (warnings.size() < Limits.WARNINGS) {
                warnings.add("line " + line + ": " + sentence);
            }
        }

        private void first(UciListing.Section section) {
            section.entries().stream()
                    .filter(entry -> !ControllerField.isOption(entry.name()) && !OF_URL.contains(entry.name()))
                    .forEach(entry -> rest.put(entry.name(), entry.value()));
            add(section, firstId, "@usp[0]", true);
        }

        private void further(UciListing.Section section, String name) {
            String text = section.entries().stream()
                    .filter(entry -> entry.name().equals(ENDPOINT))
                    .flatMap(entry -> items(entry).stream())
                    .findFirst()
                    .orElse("");
            EndpointId id;
            try {
                id = EndpointId.parse(text);
            } catch (MalformedInputException malformed) {
                warn(section.line(), "a controller needs option endpoint_id: " + malformed.detail());
                return;
            }
            if (id.equals(own) || controllers.containsKey(id)) {
                warn(section.line(), "another endpoint of this agent has the ID " + id);
                return;
            }
            for (UciListing.Entry entry : section.entries()) {
                if (!entry.name().equals(ENDPOINT)
                        && ControllerField.of(entry.name(), false).isEmpty()) {
                    warn(entry.line(), "the option " + entry.name() + " is not known and counts for nothing");
                }
            }
            add(section, id, name, false);
        }

        private void add(UciListing.Section section, EndpointId id, String reference, boolean first) {
            Map<ControllerField, List<String>> values = new EnumMap<>(ControllerField.class);
            Set<ControllerField> unreadable = EnumSet.noneOf(ControllerField.class);
            Map<String, UciValue> options = new LinkedHashMap<>();
            section.entries().forEach(entry -> options.put(entry.name(), entry.value()));
            for (UciListing.Entry entry : section.entries()) {
                ControllerField.of(entry.name(), first).ifPresent(field -> {
                    try {
                        values.put(field, values(field, entry, id, first ? options : Map.of()));
                    } catch (IllegalArgumentException nonsense) {
                        unreadable.add(field);
                        warn(entry.line(), "option " + entry.name() + ": " + nonsense.getMessage());
                    }
                });
            }
            if (first && !options.containsKey(ControllerField.URL.option(true))) {
                // without it no agent starts; half of a file is no order to end what there is
                unreadable.add(ControllerField.URL);
                warn(section.line(), "option controller_url is missing");
            }
            controllers.put(
                    id, new Told(reference, section.line(), first, new ControllerEntry(values), unreadable, options));
        }

        private List<String> values(
                ControllerField field, UciListing.Entry entry, EndpointId id, Map<String, UciValue> shortOptions) {
            List<String> items = items(entry);
            if (items.stream().anyMatch(item -> item.chars().anyMatch(Character::isISOControl))) {
                throw new IllegalArgumentException("a line break or another control character: a quote is missing");
            }
            if (items.size() > Limits.ITEMS) {
                throw new IllegalArgumentException("more than " + Limits.ITEMS + " items");
            }
            if (items.size() > 1 && !field.isList()) {
                throw new IllegalArgumentException("it holds one value");
            }
            return switch (field) {
                case URL ->
                    urls(
                            !shortOptions.isEmpty() && items.size() == 1
                                    ? List.of(address(items.getFirst(), shortOptions))
                                    : items,
                            id);
                case ENABLE -> List.of(flag(items.getFirst()));
                case PERIODIC_INTERVAL -> List.of(interval(items.getFirst()));
                case ROLE, PROVISIONING_CODE, BOOT_PARAMETER, RESPONSE_TOPIC, USERNAME, PASSWORD -> items;
            };
        }

        private String address(String url, Map<String, UciValue> options) {
            Optional<Boolean> tls = text(options, TLS).map(flag -> flag(flag).equals("1"));
            return shortForm.address(url, text(options, MTP), tls);
        }

        private static Optional<String> text(Map<String, UciValue> options, String name) {
            return Optional.ofNullable(options.get(name)).map(value -> switch (value) {
                case UciValue.Text(String text) -> text;
                case UciValue.Items(List<String> items) -> items.getFirst();
            });
        }

        private List<String> urls(List<String> items, EndpointId id) {
            ControllerUrls texts = new ControllerUrls(own, id);
            List<String> urls = items.stream().map(texts::canonical).toList();
            long protocols = urls.stream()
                    .map(url -> texts.described(url).protocol())
                    .distinct()
                    .count();
            if (protocols < urls.size()) {
                throw new IllegalArgumentException("one way for each protocol at the most");
            }
            return urls;
        }
    }

    private static String flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "true", "yes", "on", "enabled" -> "1";
            case "0", "false", "no", "off", "disabled" -> "0";
            default -> throw new IllegalArgumentException("must be 1 or 0: " + text);
        };
    }

    private static String interval(String text) {
        try {
            long seconds = Long.parseLong(text);
            if (seconds >= 1 && seconds <= Limits.LONGEST_INTERVAL) {
                return Long.toString(seconds);
            }
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException("must be a number of seconds: " + text, none);
        }
        throw new IllegalArgumentException("must be from 1 to " + Limits.LONGEST_INTERVAL + " seconds: " + text);
    }

    private static List<String> items(UciListing.Entry entry) {
        return switch (entry.value()) {
            case UciValue.Text(String text) -> List.of(text);
            case UciValue.Items(List<String> items) -> items;
        };
    }
}
