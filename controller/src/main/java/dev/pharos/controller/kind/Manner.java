// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.kind;

import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.cwmp.Notification;
import dev.pharos.cwmp.soap.Dialect;
import dev.pharos.cwmp.soap.ReadingQuirks;
import dev.pharos.cwmp.soap.WritingQuirks;
import dev.pharos.usp.Frozen;
import java.nio.charset.Charset;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// How one device is treated over TR-069, by all kinds of which it is.
public final class Manner {
    /// As every device is treated of which nothing is known.
    public static final Manner USUAL = new Manner(List.of());

    private final Map<Quirk, Applied> applied;

    /// A quirk that counts for a device, and the kind that says so.
    public record Applied(Quirk quirk, List<String> values, Kind kind) {
        public Applied {
            values = Frozen.list(values);
        }
    }

    /// How it is found out what a device has.
    public enum Discovery {
        /// All names at once, then their values.
        WHOLE,
        /// The names object by object.
        LEVELS,
        /// All values at once.
        VALUES
    }

    private Manner(List<Kind> kinds) {
        applied = new EnumMap<>(Quirk.class);
        for (Kind kind : kinds) {
            kind.quirks().forEach((quirk, values) -> applied.put(quirk, new Applied(quirk, values, kind)));
        }
    }

    /// @param kinds the one that counts most last
    static Manner of(List<Kind> kinds) {
        return new Manner(kinds);
    }

    /// What is otherwise than usual, in the order of [Quirk].
    public List<Applied> applied() {
        return List.copyOf(applied.values());
    }

    private List<String> values(Quirk quirk) {
        Applied said = applied.get(quirk);
        return said == null ? List.of() : said.values();
    }

    private boolean says(Quirk quirk, String value) {
        return values(quirk).contains(value);
    }

    public Dialect dialect() {
        ReadingQuirks field = ReadingQuirks.FIELD;
        Set<String> words = new HashSet<>(field.emptyWords());
        words.addAll(values(Quirk.EMPTY_WORDS));
        Optional<Charset> charset =
                values(Quirk.CHARSET).stream().map(Charset::forName).findFirst();
        return new Dialect(
                new ReadingQuirks(field.undeclaredPrefixes(), field.illegalCharacters(), words, charset),
                new WritingQuirks(booleans(), times(), lists()),
                !says(Quirk.COMPRESSED_ANSWERS, "refused"));
    }

    private WritingQuirks.BooleanValues booleans() {
        if (says(Quirk.BOOLEANS, "digits")) {
            return WritingQuirks.BooleanValues.DIGITS;
        }
        return says(Quirk.BOOLEANS, "words") ? WritingQuirks.BooleanValues.WORDS : WritingQuirks.BooleanValues.AS_GIVEN;
    }

    private WritingQuirks.TimeValues times() {
        return says(Quirk.TIMES, "whole-seconds")
                ? WritingQuirks.TimeValues.WHOLE_SECONDS
                : WritingQuirks.TimeValues.AS_GIVEN;
    }

    private WritingQuirks.DuLists lists() {
        return says(Quirk.DEPLOYMENT_LISTS, "array") ? WritingQuirks.DuLists.ARRAY : WritingQuirks.DuLists.REPEATED;
    }

    public Discovery discovery() {
        if (says(Quirk.DISCOVERY, "levels")) {
            return Discovery.LEVELS;
        }
        return says(Quirk.DISCOVERY, "values") ? Discovery.VALUES : Discovery.WHOLE;
    }

    /// How many parameters it is asked for at once; empty where it bears as many as all do.
    public OptionalInt valuesAtOnce() {
        return values(Quirk.VALUES_AT_ONCE).stream().mapToInt(Integer::parseInt).findFirst();
    }

    /// Whether it may be asked for the values beneath an object.
    public boolean takesPartialPaths() {
        return !says(Quirk.PARTIAL_PATHS, "refused");
    }

    /// Whether it may be asked for names that it has not named itself.
    public boolean takesUnknownNames() {
        return !says(Quirk.UNKNOWN_NAMES, "fatal");
    }

    /// Whether it does not name a transfer by the key that it was told.
    public boolean losesCommandKeys() {
        return says(Quirk.COMMAND_KEYS, "lost");
    }

    /// Whether it is given a second of its own at which it comes.
    public boolean comesTogether() {
        return says(Quirk.PERIODIC_INFORMS, "together");
    }

    /// Whether no event tells that this parameter has changed.
    public boolean isQuiet(String path) {
        return names(Quirk.QUIET_CHANGES, path);
    }

    /// How it shall tell that this parameter has changed, where its kind says so; of two that say otherwise the one
    /// counts by which it tells less.
    public Optional<Notification> notification(String path) {
        if (names(Quirk.NOT_TOLD, path)) {
            return Optional.of(Notification.OFF);
        }
        if (names(Quirk.TOLD_LATER, path)) {
            return Optional.of(Notification.PASSIVE);
        }
        if (names(Quirk.TOLD_BY_DATAGRAM, path)) {
            return Optional.of(Notification.PASSIVE_WITH_ACTIVE_LIGHTWEIGHT);
        }
        return names(Quirk.TOLD_AT_ONCE, path) ? Optional.of(Notification.ACTIVE) : Optional.empty();
    }

    /// Whether it shall tell of anything by datagrams.
    public boolean tellsByDatagram() {
        return !values(Quirk.TOLD_BY_DATAGRAM).isEmpty();
    }

    /// By what it is told of its USP controller, where that is one URL.
    public Optional<OneUrl> oneUrl() {
        return first(Quirk.USP_URL).map(url -> new OneUrl(url, first(Quirk.USP_CONTROLLER), first(Quirk.USP_ENABLE)));
    }

    private Optional<String> first(Quirk quirk) {
        return values(quirk).stream().findFirst();
    }

    private boolean names(Quirk quirk, String path) {
        int end = path.lastIndexOf('.') + 1;
        return values(quirk).stream()
                .flatMap(text -> ParameterPattern.of(text).stream())
                .anyMatch(pattern -> pattern.parameter().equals(path.substring(end))
                        && path.substring(0, end).matches(pattern.expression()));
    }
}
