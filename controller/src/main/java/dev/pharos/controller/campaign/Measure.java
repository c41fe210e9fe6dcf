// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import dev.pharos.controller.store.EventKind;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a health gate compares, and by how much updated devices may be worse than the others.
///
/// @param worse which direction is worse
/// @param margin by how much it may be worse, in the unit of the subject
/// @param relative whether the margin is in percent of what was before
public record Measure(Subject subject, Direction worse, BigDecimal margin, boolean relative) {
    private static final Pattern TEXT = Pattern.compile(
            "(.+?)\\s+(rises|falls)\\s+(?:by\\s+)?([0-9]{1,15}(?:\\.[0-9]{1,6})?)\\s*(%)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern EVENT = Pattern.compile("(?:[A-Za-z0-9_.-]*\\.)?[A-Za-z0-9_-]+!");
    private static final Pattern PATH = Pattern.compile("(?:Device|InternetGatewayDevice)\\.\\S*[A-Za-z0-9_-]");
    private static final String ALLOWED =
            "\"PARAMETER falls 10%\", \"PARAMETER rises 5\", \"Boot! rises 0.5\" or \"offline rises 1\"; of events the number"
                    + " is for each device and hour";

    /// What is looked at.
    public sealed interface Subject {

        /// A parameter with a number, or several by `*`, of which the mean counts.
        record Parameter(String path) implements Subject {
            @Override
            public String toString() {
                return path;
            }
        }

        /// Events of this name.
        ///
        /// @param name such as `Boot!`
        record Named(String name) implements Subject {
            @Override
            public String toString() {
                return name;
            }
        }

        /// Events of this kind.
        record OfKind(EventKind kind) implements Subject {
            @Override
            public String toString() {
                return kind.text();
            }
        }
    }

    /// Where it gets worse.
    public enum Direction {
        RISES,
        FALLS
    }

    /// Whether devices have to be read for it.
    public boolean isRead() {
        return subject instanceof Subject.Parameter;
    }

    /// @throws RefusedException where it is none
    public static Measure parse(String text) throws RefusedException {
        Matcher parts = TEXT.matcher(text.strip());
        if (!parts.matches()) {
            throw new RefusedException("has \"" + text + "\", which is no measure; allowed are " + ALLOWED);
        }
        Subject subject = subject(parts.group(1));
        Direction worse = parts.group(2).equalsIgnoreCase("rises") ? Direction.RISES : Direction.FALLS;
        boolean relative = parts.group(4) != null;
        if (!(subject instanceof Subject.Parameter) && (relative || worse == Direction.FALLS)) {
            throw new RefusedException("has \"" + text + "\": of events only \"rises\" by a number is compared, such as"
                    + " \"Boot! rises 0.5\" for each device and hour");
        }
        return new Measure(subject, worse, new BigDecimal(parts.group(3)), relative);
    }

    private static Subject subject(String text) throws RefusedException {
        if (EVENT.matcher(text).matches()) {
            return new Subject.Named(text);
        }
        if (PATH.matcher(text).matches()) {
            return new Subject.Parameter(text);
        }
        for (EventKind kind : EventKind.values()) {
            if (kind.text().equals(text)) {
                return new Subject.OfKind(kind);
            }
        }
        throw new RefusedException(
                "has \"" + text + "\", which is neither a parameter nor an event; allowed are " + ALLOWED);
    }

    @Override
    public String toString() {
        return subject
                + (worse == Direction.RISES ? " rises " : " falls ")
                + margin.toPlainString()
                + (relative ? "%" : "");
    }
}
